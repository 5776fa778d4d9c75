package dev.jlp.acceptance.programs;

import java.lang.management.ManagementFactory;
import java.util.StringJoiner;

import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What JMX shows of this JVM. */
final class Beans {

    private Beans() {}

    /** The names that match, one after the other. */
    static String names(String pattern) throws JMException {
        StringJoiner names = new StringJoiner(" ");
        for (ObjectName each : server().queryNames(new ObjectName(pattern), null)) {
            names.add(each.getCanonicalName());
        }
        return names.toString();
    }

    /** {@code name=value;…}, as the bean describes itself; writable ones with a star. */
    static String attributes(String name) throws JMException {
        ObjectName bean = new ObjectName(name);
        StringJoiner attributes = new StringJoiner(";");
        if (server().isRegistered(bean)) {
            for (MBeanAttributeInfo info : server().getMBeanInfo(bean).getAttributes()) {
                attributes.add(info.getName()
                        + (info.isWritable() ? "*=" : "=")
                        + server().getAttribute(bean, info.getName()));
            }
        }
        return attributes.toString();
    }

    static String set(String name, String attribute) throws JMException {
        server().setAttribute(new ObjectName(name), new Attribute(attribute, 0));
        return "set";
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
