package rnd;

import dev.jlp.acceptance.programs.Tally;

final class Leaf extends Stem {

    Leaf(int number) {
        super(number);
    }

    int low() {
        Tally.note(2, LOW);
        return number;
    }

    String word() {
        return "LOW";
    }

    void fail() {
        Tally.note(2, LOW);
        if (number == 0) {
            throw new IllegalStateException("as it should");
        }
    }

    int deeper() {
        Tally.note(2, LOW);
        return Nest.deeper(number + 1) + number;
    }
}
