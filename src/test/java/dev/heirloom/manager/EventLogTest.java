package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The bounded log of ownership events. */
class EventLogTest {
    private final EventLog log = new EventLog(3, 2);

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            log.append(new TableEvent.Created("rows", 1, i));
        }
    }

    @Test
    void empty_hasNothing() {
        assertThat(log.count()).isZero();
        assertThat(log.beforeOldest()).isZero();
        assertThat(log.after(0)).isEmpty();
    }

    @Test
    void events_areNumberedFrom1() {
        append(2);
        assertThat(log.after(0)).extracting(LoggedEvent::number).containsExactly(1L, 2L);
        assertThat(log.after(1)).extracting(LoggedEvent::number).containsExactly(2L);
        assertThat(log.after(2)).isEmpty();
        assertThat(log.after(99)).isEmpty();
    }

    @Test
    void full_forgetsTheOldest() {
        append(5);
        assertThat(log.count()).isEqualTo(5);
        assertThat(log.beforeOldest()).isEqualTo(2);
        assertThat(log.after(0)).extracting(LoggedEvent::number).containsExactly(3L, 4L, 5L);
    }

    @Test
    void tables_areToldApart() {
        assertThat(log.newTable()).startsWith(log.start() + ".").isNotEqualTo(log.newTable());
    }

    @Test
    void capacity_mustBePositive() {
        assertThatThrownBy(() -> new EventLog(0, 1)).hasMessageContaining("capacity");
        assertThatThrownBy(() -> new EventLog(1, 0)).hasMessageContaining("perTable");
    }
}
