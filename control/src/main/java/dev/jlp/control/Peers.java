package dev.jlp.control;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Who is at the other end, as the operating system says; never as the other end says. */
final class Peers {

    private Peers() {}

    /** The user of this process. */
    static UserPrincipal own() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }

    static UserPrincipal of(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }

    /** The same user or root; root has a number for a name where no list of users exists. */
    static boolean trusted(UserPrincipal peer) throws IOException {
        return isRoot(peer) || peer.equals(own());
    }

    static boolean isRoot(UserPrincipal user) {
        return user.getName().equals("root") || user.getName().equals("0");
    }
}
