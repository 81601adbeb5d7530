package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.manager.TableEvent;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the replay knows of one table. Used by the thread of the program and, while that waits in {@link #settled}, by
 * the thread of the next owner.
 */
final class Subject {
    static final long PATIENCE_SECONDS = 20;

    /** What a change of ownership has led to. */
    enum Settled {
        OWNED,
        /** Left with the manager. */
        VACANT,
        GONE
    }

    /** Who is to inherit, as ETS has it: also the owner itself, or a process that has died. */
    record Will(Life heir, Term data) {}

    final String name;
    final Shape shape;
    private final BlockingQueue<Settled> outcomes = new LinkedBlockingQueue<>();

    /** By whom it is fixed, once for each time. */
    private final List<Life> fixes = new ArrayList<>();

    /**
     * What it was like since it was first fixed: ETS keeps the places of keys that are deleted meanwhile, for those who
     * traverse it.
     */
    private final List<Snapshot<Term, Tuple>> fixed = new ArrayList<>();

    final Miscount miscount;
    private @Nullable TableRef<Term, Tuple> ref;
    private @Nullable Tenure owner;
    private @Nullable Will will;

    Subject(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
        this.miscount = new Miscount(shape);
    }

    // ---- ownership ----

    void made(TableRef<Term, Tuple> ref) {
        this.ref = ref;
    }

    TableRef<Term, Tuple> ref() {
        return Optional.ofNullable(ref).orElseThrow();
    }

    /** The owner, if the process is that. */
    Optional<Tenure> ownedBy(Life process) {
        return Optional.ofNullable(process.owned.get(this));
    }

    @Nullable
    Will will() {
        return will;
    }

    /** A process has become the owner; on its thread. */
    void taken(Tenure tenure, OwnedTable<Term, Tuple> table, Transfer transfer) {
        Tenure before = owner;
        owner = tenure;
        tenure.process.owned.put(this, tenure);
        if (!Midwife.isBirth(transfer)) {
            tenure.process.mailbox.add(transfer);
        }
        Will stays = will;
        if (stays != null && before != null && isOneOf(stays.heir(), tenure, before)) {
            arm(table, tenure.process);
        }
        outcomes.add(Settled.OWNED);
    }

    private static boolean isOneOf(Life process, Tenure... tenures) {
        return List.of(tenures).stream().anyMatch(tenure -> tenure.process == process);
    }

    /** Decides who inherits; on the owner's thread. */
    void bequeath(OwnedTable<Term, Tuple> table, Life owner, @Nullable Will next) {
        will = next != null && next.heir().alive ? next : null;
        arm(table, owner);
    }

    /**
     * Has the table go by the will. In ETS a process can be its own heir, and is one when it has inherited: the table
     * dies with it, but comes back from whoever it gives it to. Ours refuse an owner as its own heir and put the manager
     * in its place, so there is none until the table is given away.
     */
    private void arm(OwnedTable<Term, Tuple> table, Life owner) {
        Will now = will;
        if (now == null || now.heir() == owner || !now.heir().alive) {
            table.heir(Heir.NONE, null);
        } else {
            table.heir(Heir.consumer(now.heir().consumer), now.data());
        }
    }

    /** Something has happened; by any thread. */
    void heard(TableEvent event) {
        if (event instanceof TableEvent.Vacated || event instanceof TableEvent.Orphaned) {
            outcomes.add(Settled.VACANT);
        } else if (event instanceof TableEvent.Closed) {
            outcomes.add(Settled.GONE);
        }
    }

    /** Waits for what a change of ownership leads to; to be called once for each. */
    Settled settled() {
        try {
            Settled outcome = outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (outcome == null) {
                throw new AssertionError("table " + name + " has not settled");
            }
            return outcome;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    // ---- fixing ----

    void fix(Life by, Snapshot<Term, Tuple> rows) {
        fixes.add(by);
        fixed.add(rows);
        miscount.fix(rows);
    }

    /** Ends one of the fixes of a process, if it has any. */
    void unfix(Life by) {
        fixes.remove(by);
        release();
    }

    void unfixAll(Life by) {
        fixes.removeAll(List.of(by));
        release();
    }

    private void release() {
        if (fixes.isEmpty()) {
            fixed.forEach(Snapshot::close);
            fixed.clear();
            miscount.unfix();
        }
    }

    /** Keeps what the table is like after an operation, if it is fixed. */
    void remember(Hold table, String operation, Arguments its) {
        miscount.done(operation, its, table.rows());
        if (!fixes.isEmpty()) {
            fixed.add(table.snapshot());
        }
    }

    List<Snapshot<Term, Tuple>> fixed() {
        return List.copyOf(fixed);
    }
}
