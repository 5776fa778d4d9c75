package dev.jlp.runtime;

import java.util.List;

/** A small world, made anew for each order of its steps. */
public interface EntryWorlds {

    /** All of it in its first state. */
    List<Schedule.Actor> begin(Schedule schedule);
}
