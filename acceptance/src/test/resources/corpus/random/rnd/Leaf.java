package rnd;

import dev.jlp.acceptance.programs.Tally;

final class Leaf {

    private final int number;

    Leaf(int number) {
        this.number = number;
    }

    int low() {
        Tally.note(2, LOW);
        return number;
    }
}
