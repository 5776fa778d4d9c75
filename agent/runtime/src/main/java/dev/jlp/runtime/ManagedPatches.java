package dev.jlp.runtime;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * {@code jlp:type=Patch,…} and {@code jlp:type=Target,…} in JMX: attributes with the kernel's names, read-only.
 *
 * <p>The worker publishes values that never change; whoever asks reads the newest ones from one volatile field. So a
 * thread of JMX takes no lock of ours and waits for nobody. Beans come and go on the thread of {@link EventRelay},
 * since a bean server runs code of others.
 */
final class ManagedPatches {

    /** Attributes by the name of their bean. Written by the worker, read by everybody. */
    private volatile Map<String, Map<String, Object>> newest = Map.of();

    /** Used by the relay's thread only. */
    private final Set<String> registered = new HashSet<>();

    /** Tells the relay that there is something new; set before the worker starts. */
    private Runnable changed = () -> {};

    void onChange(Runnable then) {
        changed = then;
    }

    /** Shows these beans, and no others; the maps are not changed any more. */
    void publish(Map<String, Map<String, Object>> beans) {
        if (!beans.equals(newest)) {
            newest = beans;
            changed.run();
        }
    }

    /** Registers who came and takes away who went. */
    void refresh() throws JMException {
        Set<String> wanted = newest.keySet();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (String gone : Set.copyOf(registered)) {
            if (!wanted.contains(gone)) {
                registered.remove(gone);
                unregister(server, gone);
            }
        }
        for (String name : wanted) {
            if (registered.add(name)) {
                server.registerMBean(new Bean(name), new ObjectName(name));
            }
        }
    }

    private static void unregister(MBeanServer server, String name) throws JMException {
        try {
            server.unregisterMBean(new ObjectName(name));
        } catch (InstanceNotFoundException taken) {
            // The program has done it.
        }
    }

    /** One of them. */
    private final class Bean implements DynamicMBean {

        private final String name;

        private Bean(String name) {
            this.name = name;
        }

        private Map<String, Object> attributes() {
            return newest.getOrDefault(name, Map.of());
        }

        @Override
        public Object getAttribute(String attribute) throws AttributeNotFoundException {
            Object value = attributes().get(attribute);
            if (value == null) {
                throw new AttributeNotFoundException("'" + name + "' has no '" + attribute + "'");
            }
            return value;
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            Map<String, Object> attributes = attributes();
            AttributeList list = new AttributeList();
            for (String each : names) {
                if (attributes.containsKey(each)) {
                    list.add(new Attribute(each, attributes.get(each)));
                }
            }
            return list;
        }

        @Override
        public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
            throw new AttributeNotFoundException("'" + attribute.getName()
                    + "' can only be read; the command 'jlp' changes patches");
        }

        @Override
        public AttributeList setAttributes(AttributeList attributes) {
            return new AttributeList();
        }

        @Override
        public Object invoke(String action, Object[] parameters, String[] signature) {
            throw new UnsupportedOperationException("'" + name + "' has no operations");
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            MBeanAttributeInfo[] infos = attributes().entrySet().stream()
                    .map(each -> new MBeanAttributeInfo(
                            each.getKey(),
                            each.getValue().getClass().getName(),
                            "as in jlp status",
                            true,
                            false,
                            false))
                    .toArray(MBeanAttributeInfo[]::new);
            return new MBeanInfo(
                    ManagedPatches.class.getName(), "a live patch", infos, null, null, null);
        }
    }
}
