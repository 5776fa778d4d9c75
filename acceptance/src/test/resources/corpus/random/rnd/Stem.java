package rnd;

/** No patch changes it; it is loaded while its subclass is being defined. */
abstract class Stem {

    final int number;

    Stem(int number) {
        this.number = number;
    }
}
