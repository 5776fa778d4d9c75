package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which locks threads wait for and who holds them, as far as the JVM knows. Asked without stacks, so no
 * thread is stopped for it.
 */
final class WaitedFor {

    private final Map<Long, ThreadInfo> infos = new HashMap<>();

    private WaitedFor() {}

    static WaitedFor by(List<Looks.Seen> threads) {
        WaitedFor found = new WaitedFor();
        threads.stream().filter(seen -> !seen.virtual()).forEach(found::ask);
        return found;
    }

    /** On 17 the JDK asks the thread and the owner of its lock by {@code getId}, which may be overridden. */
    private void ask(Looks.Seen seen) {
        try {
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(seen.id());
            if (info != null) {
                infos.put(seen.id(), info);
            }
        } catch (RuntimeException refused) {
            Contained.report(
                    "the lock of thread '" + seen.thread().getName() + "' is not shown", refused);
        }
    }

    /** Adds the lock of a thread that is blocked at a monitor, or whose lock has a known owner. */
    void describe(long thread, JsonObject document) {
        ThreadInfo info = infos.get(thread);
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (info == null || lock == null) {
            return;
        }
        String owner = info.getLockOwnerName();
        if (owner != null || info.getThreadState() == Thread.State.BLOCKED) {
            document.put("lock", lock.toString());
        }
        if (owner != null) {
            document.put("lock_owner", owner);
            document.put("lock_owner_id", info.getLockOwnerId());
        }
    }
}
