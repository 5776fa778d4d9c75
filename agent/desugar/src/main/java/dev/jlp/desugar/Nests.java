package dev.jlp.desugar;

import org.objectweb.asm.tree.ClassNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lambda's class is a member of its nest: the bodies of lambdas are private. */
final class Nests {

    private final Map<String, List<String>> added = new HashMap<>();

    static String hostOf(ClassNode node) {
        return node.nestHostClass == null ? node.name : node.nestHostClass;
    }

    void add(String host, String member) {
        added.computeIfAbsent(host, none -> new ArrayList<>()).add(member);
    }

    void extend(ClassNode host) {
        List<String> members = added.get(host.name);
        if (members != null) {
            if (host.nestMembers == null) {
                host.nestMembers = new ArrayList<>();
            }
            host.nestMembers.addAll(members);
        }
    }
}
