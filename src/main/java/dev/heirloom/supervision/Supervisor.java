package dev.heirloom.supervision;

import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.Transfer.Reason;
import dev.heirloom.supervision.TableState.BackingOff;
import dev.heirloom.supervision.TableState.Closed;
import dev.heirloom.supervision.TableState.Loading;
import dev.heirloom.supervision.TableState.Orphaned;
import dev.heirloom.supervision.TableState.Owned;
import dev.heirloom.supervision.TableState.Starting;
import dev.heirloom.supervision.TableState.Stuck;
import dev.heirloom.supervision.TableState.Unloaded;
import dev.heirloom.supervision.TableState.Vacant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about one table: what is done when its owner starts, ends, hangs or cannot be had. Immutable and pure:
 * the same supervisor told the same makes the same next one.
 *
 * @param policy when owners are restarted
 * @param state what the table is in
 * @param history what is remembered of former owners
 * @param owned whether the table has ever had an owner
 */
public record Supervisor(RestartPolicy policy, TableState state, RestartHistory history, boolean owned) {
    private static final Action NONE = new Action.None();

    /** A decision: the supervisor from now on, and what is to be done. */
    public record Step(Supervisor next, Action action) {}

    /** The supervisor of a new table. */
    public static Supervisor of(RestartPolicy policy) {
        return new Supervisor(policy, new Vacant("it was not offered to a consumer yet"), RestartHistory.EMPTY, false);
    }

    /**
     * Decides.
     *
     * @param now by a clock of nanoseconds
     * @param random from 0 (inclusive) to 1, for the jitter of the back-off
     */
    public Step on(Signal signal, long now, double random) {
        if (state instanceof Closed) {
            return ignore();
        }
        if (signal instanceof Signal.Close) {
            return to(new Closed(), new Action.Refuse("it is closed"));
        }
        if (signal instanceof Signal.Load) {
            return state instanceof Vacant || state instanceof Unloaded ? to(new Loading(), NONE) : ignore();
        }
        if (state instanceof Loading && signal instanceof Signal.Loaded) {
            return offer();
        }
        if (state instanceof Loading && signal instanceof Signal.NotLoaded failed) {
            return to(new Unloaded(failed.why()), new Action.Refuse("it could not be loaded: " + failed.why()));
        }
        if (signal instanceof Signal.Offer) {
            return state instanceof Vacant || state instanceof Orphaned ? offer() : ignore();
        }
        if (signal instanceof Signal.NoConsumer none) {
            return to(new Vacant(none.why()), new Action.Refuse(none.why()));
        }
        if (signal instanceof Signal.Submitted submitted) {
            return to(new Starting(submitted.consumer(), submitted.epoch(), false), NONE);
        }
        if (signal instanceof Signal.Due) {
            return state instanceof BackingOff waiting && waiting.delayNanos() > 0
                    ? handOver(null, waiting.why(), history)
                    : ignore();
        }
        return onOwner(signal, now, random);
    }

    /** Signals that are about an owner count only while that owner is the one waited for. */
    private Step onOwner(Signal signal, long now, double random) {
        if (signal instanceof Signal.Started started && state instanceof Starting starting) {
            return starting.epoch() == started.epoch()
                    ? new Step(
                            new Supervisor(
                                    policy,
                                    new Owned(starting.consumer(), starting.epoch(), now),
                                    history.withStart(),
                                    true),
                            NONE)
                    : ignore();
        }
        if (signal instanceof Signal.Late late && state instanceof Starting starting) {
            return starting.epoch() == late.epoch()
                    ? to(new Starting(starting.consumer(), starting.epoch(), true), NONE)
                    : ignore();
        }
        if (signal instanceof Signal.LockHeld held && isHeldBy(held.epoch()) && !(state instanceof Stuck)) {
            return to(new Stuck(consumer(), held.epoch(), ownedSince(now)), NONE);
        }
        if (signal instanceof Signal.GivenAway given && isHeldBy(given.epoch())) {
            return to(
                    new BackingOff(0, "it is being given to " + given.to()),
                    new Action.HandOver(given.to(), Reason.GIVEN_AWAY, 0));
        }
        if (signal instanceof Signal.Restarted restarted && isHeldBy(restarted.epoch())) {
            return to( // no failure: the history stays as it is
                    new BackingOff(0, "a restart was asked for"), new Action.HandOver(consumer(), Reason.INHERITED, 0));
        }
        if (signal instanceof Signal.Rejected rejected
                && isHeldBy(rejected.epoch())
                && !(state instanceof Owned)) { // it began, so it was not rejected
            RestartHistory after = history.withRejection();
            return backOff(after, policy.backoffNanos(after.rejected() + 1, random), rejected.why());
        }
        if (signal instanceof Signal.Returned returned && isHeldBy(returned.epoch())) {
            return policy.type() == RestartType.PERMANENT
                    ? restart(returned.heirship(), "its owner returned", now, random)
                    : keep(returned.heirship(), "its owner returned, and is " + lower(policy.type()), now);
        }
        if (signal instanceof Signal.Died died && isHeldBy(died.epoch())) {
            return policy.type() == RestartType.TEMPORARY
                    ? keep(died.heirship(), "its owner died, and is temporary: " + died.why(), now)
                    : restart(died.heirship(), died.why(), now, random);
        }
        if (signal instanceof Signal.TooManyZombies many && isHeldBy(many.epoch())) {
            return giveUp(many.zombies() + " former owners do not end");
        }
        return ignore();
    }

    /** Has the heir take over at once, or else the home consumer as the policy says. */
    private Step restart(Heirship heirship, String why, long now, double random) {
        String standby = heirship.standbyFor(consumer());
        return standby == null
                ? replace(null, why + heirship.obstacle(consumer()), now, random)
                : replace(standby, why, now, random);
    }

    /** Restarts nobody, but a heir may take over; without any the table is at its end. */
    private Step keep(Heirship heirship, String why, long now) {
        String standby = heirship.standbyFor(consumer());
        if (standby != null) {
            return replace(standby, why, now, 0);
        }
        return heirship.heir() == Heir.NONE
                ? to(new Closed(), new Action.End(why + "; it has no heir"))
                : keep(why + heirship.obstacle(consumer()));
    }

    /** @param standby the heir that takes over; null for the home consumer, which may have to wait */
    private Step replace(@Nullable String standby, String why, long now, double random) {
        boolean afterCalm = now - ownedSince(now) >= policy.calm().toNanos();
        RestartHistory after = history.withRestart(now, policy.period().toNanos(), afterCalm);
        if (after.restarts().size() > policy.intensity()) {
            return giveUp("more than " + policy.intensity() + " restarts within " + words(policy.period())
                    + ", the last because: " + why);
        }
        long delay = standby == null ? policy.backoffNanos(after.inARow(), random) : 0;
        return delay == 0 ? handOver(standby, why, after) : backOff(after, delay, why);
    }

    private Step backOff(RestartHistory after, long delay, String why) {
        return new Step(new Supervisor(policy, new BackingOff(delay, why), after, owned), new Action.Wait(delay));
    }

    /** Leaves the state that led to it, so that a signal that comes twice does not lead to a second owner. */
    private Step handOver(@Nullable String standby, String why, RestartHistory after) {
        return new Step(
                new Supervisor(policy, new BackingOff(0, why), after, owned),
                new Action.HandOver(
                        standby, owned || standby != null ? Reason.INHERITED : Reason.CREATED, after.inARow()));
    }

    private Step offer() {
        return handOver(null, "it is offered to its consumer", RestartHistory.EMPTY);
    }

    private Step keep(String why) {
        return to(new Vacant(why), new Action.Refuse(why));
    }

    private Step giveUp(String why) {
        String orphaned = "orphaned after " + why;
        return to(new Orphaned(why), new Action.Refuse(orphaned));
    }

    private Step to(TableState next, Action action) {
        return new Step(new Supervisor(policy, next, history, owned), action);
    }

    private Step ignore() {
        return new Step(this, NONE);
    }

    private boolean isHeldBy(long epoch) {
        return state.heldBy() == epoch && epoch != 0;
    }

    private long ownedSince(long now) {
        if (state instanceof Owned since) {
            return since.since();
        }
        return state instanceof Stuck since ? since.since() : now;
    }

    private String consumer() {
        if (state instanceof Owned now) {
            return now.consumer();
        }
        if (state instanceof Stuck now) {
            return now.consumer();
        }
        return state instanceof Starting now ? now.consumer() : "";
    }

    private static String lower(RestartType type) {
        return type.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String words(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
