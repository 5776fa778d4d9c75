package dev.jlp.runtime;

/** The agent as JMX shows it; read-only. Public since JMX asks for it. */
public interface ManagementMBean {

    /** The newest event, as JSON. */
    String getLastEvent();

    /** Every patch that was ever loaded into this JVM, newest last. */
    String getTaint();
}
