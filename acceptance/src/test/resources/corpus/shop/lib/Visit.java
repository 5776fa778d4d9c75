package lib;

/** One call, made without reflection. */
public final class Visit implements Runnable {

    @Override
    public void run() {
        Greeter.greet();
    }
}
