package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one journal needs does not wait for another that is never done. */
class KeeperTest {
    private static final class Counting implements Keeper.Chores {
        final CountDownLatch urgent = new CountDownLatch(5);
        final CountDownLatch seconds = new CountDownLatch(2);
        final CountDownLatch cleaned = new CountDownLatch(100);
        private final boolean endless;

        Counting(boolean endless) {
            this.endless = endless;
        }

        @Override
        public void urgent() {
            urgent.countDown();
        }

        @Override
        public void everySecond() {
            seconds.countDown();
        }

        @Override
        public boolean clean() {
            cleaned.countDown();
            return endless;
        }
    }

    @Test
    void oneIsCleanedWithoutEnd_theOthersHaveTheirTurns_andItCanBeStopped() throws InterruptedException {
        Keeper keeper = new Keeper();
        Counting endless = new Counting(true);
        Counting alike = new Counting(true);
        Counting other = new Counting(false);
        keeper.add(endless);
        keeper.add(other);
        keeper.add(alike);
        Thread thread = new Thread(keeper);
        thread.start();
        for (Counting each : new Counting[] {endless, other, alike}) {
            assertThat(each.seconds.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(each.urgent.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(each.cleaned.await(30, TimeUnit.SECONDS)).isTrue();
        }
        keeper.stop();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
