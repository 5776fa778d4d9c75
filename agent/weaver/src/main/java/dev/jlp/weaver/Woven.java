package dev.jlp.weaver;

import java.util.List;

/**
 * What weaving made of a class.
 *
 * @param bytes the class
 * @param outlined bodies that did not fit; they have to be in place before the class is
 */
@SuppressWarnings("ArrayRecordComponent") // a class file; compared by nobody
public record Woven(byte[] bytes, List<Outlined> outlined) {

    /** The class, if it needs nothing besides. */
    public byte[] alone() throws WeavingProblem {
        if (!outlined.isEmpty()) {
            throw new WeavingProblem("'" + outlined.get(0).method()
                    + "' can't hold both bodies, and a body can be outlined only of a class"
                    + " that is already defined");
        }
        return bytes;
    }
}
