package dev.heirloom.manager;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/**
 * A table as JMX shows it: its status, taken anew at each read; nothing of it can be changed. Thread-safe.
 */
final class TableBean implements DynamicMBean {
    private static final List<Shown> ATTRIBUTES = List.of(
            new Shown("State", String.class, "What the supervisor says of it", TableStatus::state),
            new Shown("Why", String.class, "What brought it into a state without an owner", TableStatus::why),
            new Shown("Owner", String.class, "The consumer that owns it or is about to", TableStatus::owner),
            new Shown("Epoch", Long.class, "The generation of ownership", TableStatus::epoch),
            new Shown("Rows", Long.class, "How many rows it has", TableStatus::rows),
            new Shown("MemoryBytes", Long.class, "About what the rows take", TableStatus::memoryBytes),
            new Shown("Mailbox", Integer.class, "Requests that wait for the owner", TableStatus::mailbox),
            new Shown("MailboxCapacity", Integer.class, "How many may wait", TableStatus::mailboxCapacity),
            new Shown("Requests", Long.class, "Requests applied since the start", TableStatus::requests),
            new Shown("Reads", Long.class, "Reads since the start, about", TableStatus::reads),
            new Shown("Changes", Long.class, "Rows changed since the start", TableStatus::changes),
            new Shown("HandOvers", Long.class, "Owners that have held it", TableStatus::handOvers),
            new Shown("LastHandOverMicros", Long.class, "How long the last one took", TableBean::lastHandOverMicros),
            new Shown("Restarts", Long.class, "Owners that were followed by a restart", TableStatus::restarts),
            new Shown("Zombies", String[].class, "Replaced tasks that still run", TableBean::zombies),
            new Shown("ReadOnly", String.class, "Why nothing can be changed, if so", TableStatus::readOnly));

    private final Supplier<TableStatus> status;

    TableBean(Supplier<TableStatus> status) {
        this.status = status;
    }

    @Override
    public @Nullable Object getAttribute(String name) throws AttributeNotFoundException {
        return shown(name)
                .orElseThrow(() -> new AttributeNotFoundException(name))
                .value
                .apply(status.get());
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        TableStatus now = status.get();
        AttributeList values = new AttributeList();
        Stream.of(names)
                .flatMap(name -> shown(name).stream())
                .forEach(a -> values.add(new Attribute(a.name, a.value.apply(now))));
        return values;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    /** {@return those that were set: none} */
    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] signature) {
        throw new UnsupportedOperationException(operation);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = ATTRIBUTES.stream()
                .map(a -> new MBeanAttributeInfo(a.name, a.type.getName(), a.description, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(TableBean.class.getName(), "A table of Heirloom", attributes, null, null, null);
    }

    private static Optional<Shown> shown(String name) {
        return ATTRIBUTES.stream().filter(a -> a.name.equals(name)).findFirst();
    }

    private static @Nullable Long lastHandOverMicros(TableStatus status) {
        Duration last = status.lastHandOver();
        return last == null ? null : TimeUnit.NANOSECONDS.toMicros(last.toNanos());
    }

    private static String[] zombies(TableStatus status) {
        return status.zombies().toArray(String[]::new);
    }

    private record Shown(
            String name, Class<?> type, String description, Function<TableStatus, ? extends @Nullable Object> value) {}
}
