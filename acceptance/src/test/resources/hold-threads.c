/* SPDX-License-Identifier: Apache-2.0
 *
 * Holds single threads of another process, as if none of them ever got a processor, until its own input ends.
 * Arguments: the threads' ids. Says "held" when all of them are. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>

int main(int count, char **ids) {
    for (int i = 1; i < count; i++) {
        pid_t thread = atoi(ids[i]);
        if (ptrace(PTRACE_SEIZE, thread, NULL, NULL) || ptrace(PTRACE_INTERRUPT, thread, NULL, NULL)
            || waitpid(thread, NULL, __WALL) != thread) {
            perror("not held");
            return 1;
        }
    }
    puts("held");
    fflush(stdout);
    while (getchar() != EOF) {
    }
    for (int i = 1; i < count; i++) {
        ptrace(PTRACE_DETACH, atoi(ids[i]), NULL, NULL);
    }
    return 0;
}
