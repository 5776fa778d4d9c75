package lib;

/** In a file of its own: a switch over a nested enum is written differently by younger compilers. */
enum Colour {
    RED,
    GREEN {
        @Override
        int rank() {
            return 2;
        }
    };

    int rank() {
        return 1;
    }
}
