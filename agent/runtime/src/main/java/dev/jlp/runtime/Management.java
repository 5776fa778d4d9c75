package dev.jlp.runtime;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** The events as notifications of {@code jlp:type=Agent}, of type {@code jlp.NAME}. */
final class Management extends NotificationBroadcasterSupport implements ManagementMBean {

    private final ObjectName name;
    private volatile String last = "";

    private Management(ObjectName name) {
        super(new MBeanNotificationInfo(
                new String[] {"jlp"},
                Notification.class.getName(),
                "what happened to the patches of this JVM"));
        this.name = name;
    }

    static Consumer<JsonObject> open() throws JMException {
        ObjectName name = new ObjectName("jlp:type=Agent");
        Management management = new Management(name);
        ManagementFactory.getPlatformMBeanServer().registerMBean(management, name);
        return management::send;
    }

    private void send(JsonObject event) {
        last = JsonWriter.string(event);
        sendNotification(new Notification(
                "jlp." + event.getString("event", ""), name, event.getLong("seq"), last));
    }

    @Override
    public String getLastEvent() {
        return last;
    }

    @Override
    public String getTaint() {
        return System.getProperty("jlp.taint", "");
    }
}
