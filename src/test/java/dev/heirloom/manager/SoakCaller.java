package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.manager.SoakIT.Tables;
import dev.heirloom.manager.SoakIT.Tables.Entry;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.UnitOfWork;
import java.util.Random;

/**
 * One who asks for changes and keeps the books: each request moves an amount from one account to another and notes its
 * own number in the caller's row, so the row tells afterwards which requests were applied.
 */
final class SoakCaller implements Runnable {
    private final TableRef<String, Entry> table;
    private final String name;
    private final Random random;

    private long number;
    private long applied;
    private long notApplied;
    private long doubtfulApplied;
    private long doubtful;

    SoakCaller(TableRef<String, Entry> table, String name, Random random) {
        this.table = table;
        this.name = name;
        this.random = random;
    }

    static String account(int i) {
        return "account " + i;
    }

    /** Asks once. */
    @Override
    public void run() {
        long id = ++number;
        int from = random.nextInt(Tables.ACCOUNTS);
        int to = (from + 1 + random.nextInt(Tables.ACCOUNTS - 1)) % Tables.ACCOUNTS;
        int amount = random.nextInt(100);
        try {
            table.call(t -> {
                move(t, account(from), -amount);
                move(t, account(to), amount);
                Entry mine = t.find(name).orElse(new Entry(name, 0, 0));
                return t.insert(new Entry(name, mine.value() + 1, id));
            });
            applied++;
        } catch (NotAppliedException e) {
            notApplied++;
            verify(); // no trace, not even later
        } catch (OutcomeUnknownException e) {
            doubtful++;
            settle(id);
        }
    }

    /** A request in doubt is whole or absent, which shows once its owner is dead or done with it. */
    private void settle(long id) {
        boolean settled = false;
        while (!settled) {
            try {
                Entry mine = table.call(t -> t.find(name).orElse(new Entry(name, 0, 0)));
                if (mine.lastRequest() == id) {
                    doubtfulApplied++;
                }
                settled = true;
            } catch (NotAppliedException | OutcomeUnknownException e) {
                settled = Thread.currentThread().isInterrupted();
            }
        }
    }

    private static void move(UnitOfWork<String, Entry> t, String account, long amount) {
        long before = t.find(account).map(Entry::value).orElse(0L);
        t.insert(new Entry(account, before + amount, 0));
    }

    /** Whether the row says what the answers said. */
    void verify() {
        assertThat(table.find(name).map(Entry::value).orElse(0L)).as("%s", this).isEqualTo(applied + doubtfulApplied);
    }

    @Override
    public String toString() {
        return name + ": " + applied + " applied, " + notApplied + " not applied, " + doubtful + " in doubt ("
                + doubtfulApplied + " of them applied)";
    }
}
