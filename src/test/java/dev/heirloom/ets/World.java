package dev.heirloom.ets;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Keeping;
import dev.heirloom.ets.Subject.Settled;
import dev.heirloom.ets.Subject.Will;
import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.manager.TableEvent;
import dev.heirloom.manager.TableStatus;
import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import dev.heirloom.table.Access;
import dev.heirloom.table.Schema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes and tables of one program. A process is a consumer; its operations run on the thread of its task if it
 * owns the table, and by reference otherwise. Every operation that changes who owns what ends only when that is done.
 *
 * <p>Where the ways of ETS are not ours, the replay does what a user would do to have them:
 *
 * <ul>
 *   <li>a table is made for a consumer that gives it at once to the process that wants it;
 *   <li>a table that the manager inherited, since the heir has died, is deleted: ETS keeps no table without an owner;
 *   <li>a process that is its own heir: see {@link Subject}.
 * </ul>
 */
final class World implements AutoCloseable {
    private static final RestartPolicy NEVER =
            RestartPolicy.DEFAULT.withType(RestartType.TEMPORARY).withIntensity(100_000, Duration.ofDays(1));

    private final TestTables tables = TestTables.of(this::midwife, this::heard);
    private final Processes processes = new Processes();

    /** The tables that the program can name. */
    private final Map<String, Subject> named = new HashMap<>();

    /** All tables, by what they are really called. */
    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();

    private volatile @Nullable Life creator;
    private int deaths;

    World() {
        Stream.of("p0", "p1", "p2", "p3").forEach(this::start);
    }

    @Override
    public void close() {
        tables.close();
    }

    private void heard(TableEvent event) {
        Subject subject = subjects.get(event.table());
        if (subject != null) {
            subject.heard(event);
        }
    }

    // ---- processes ----

    private void start(String name) {
        Life life = processes.start(name);
        tables.deploy(life.consumer, () -> new Tenure(life, subjects::get));
    }

    private void end(Life process, boolean killed) {
        if (!process.alive) {
            return;
        }
        process.alive = false;
        tables.undeploy(process.consumer);
        List.copyOf(process.owned.entrySet()).forEach(owned -> {
            Subject subject = owned.getKey();
            owned.getValue().end(killed ? nextDeath() : Tenure.End.RETURN);
            if (subject.settled() == Settled.VACANT) {
                tables.delete(subject.name);
            }
        });
        process.owned.clear();
        subjects.values().forEach(subject -> subject.unfixAll(process));
    }

    /** One kind of death after the other. */
    private Tenure.End nextDeath() {
        return deaths++ % 2 == 0 ? Tenure.End.ERROR : Tenure.End.INJECTED_CRASH;
    }

    private String mailbox(Life process) {
        if (!process.alive) {
            return "dead";
        }
        String notices = process.mailbox.stream().map(this::print).collect(Collectors.joining(",", "[", "]"));
        process.mailbox.clear();
        return notices;
    }

    private String print(Transfer transfer) {
        String table = named.entrySet().stream()
                .filter(entry -> entry.getValue().name.equals(transfer.table()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("t?");
        return table + "<-" + processes.print(transfer.from()) + ":" + transfer.data();
    }

    // ---- the birth of tables ----

    /** The home consumer of all tables, which keeps none. */
    private Object midwife(Class<?> type) {
        return new Midwife(Optional.ofNullable(creator).orElseThrow().consumer);
    }

    private String create(Life process, String name, Shape shape) {
        Subject subject = new Subject(name + "." + subjects.size(), shape);
        subjects.put(subject.name, subject);
        creator = process;
        subject.made(tables.create(spec(shape.schema(subject.name))));
        subject.settled();
        named.put(name, subject);
        return "ok";
    }

    private static TableSpec<Term, Tuple> spec(Schema<Term, Tuple> schema) {
        return new TableSpec<>(
                        schema,
                        Midwife.class,
                        Heir.NONE,
                        null,
                        NEVER,
                        Duration.ofSeconds(10),
                        null,
                        1_000,
                        1_000,
                        false,
                        Keeping.none(),
                        false)
                .snapshots(10_000, Duration.ofMinutes(10)); // of tables that are fixed
    }

    // ---- operations ----

    /** Does what one line of a program says. */
    Answer run(String line) {
        List<String> words = List.of(line.split(" +"));
        switch (words.get(0)) {
            case "kill" -> end(processes.named(words.get(1)), true);
            case "exit" -> end(processes.named(words.get(1)), false);
            case "spawn" -> {
                end(processes.named(words.get(1)), true);
                start(words.get(1));
            }
            case "mailbox" -> {
                return Answer.of(mailbox(processes.named(words.get(1))));
            }
            default -> {
                boolean says = words.get(0).startsWith("@");
                Life by = processes.named(says ? words.get(0).substring(1) : "p0");
                return by.alive ? run(by, says ? words.subList(1, words.size()) : words) : Answer.of("!noproc");
            }
        }
        return Answer.of("ok");
    }

    private Answer run(Life by, List<String> words) {
        String operation = words.get(0);
        Subject table = named.get(words.get(1));
        Arguments its = new Arguments(words.subList(2, words.size()));
        try {
            return switch (operation) {
                case "new" -> Answer.of(create(by, words.get(1), Shape.read(its.word(0), its.word(1), its.word(2))));
                case "info" -> info(table, its.word(0));
                case "size" -> info(table, operation);
                default -> {
                    BadArgument.unless(table != null, "no such table");
                    yield run(by, operation, table, its);
                }
            };
        } catch (RuntimeException e) {
            return Answer.of(Refusals.print(e));
        }
    }

    private Answer run(Life by, String operation, Subject table, Arguments its) {
        switch (operation) {
            case "give_away" -> giveAway(by, table, processes.named(its.word(0)), its.term(1));
            case "heir" ->
                bequeath(by, table, its.count() == 1 ? null : new Will(processes.named(its.word(0)), its.term(1)));
            case "fix" -> table.fix(by, use(by, table, Hold::snapshot));
            case "unfix" -> {
                use(by, table, hold -> hold.rows().size()); // refused to whom the table is private
                table.unfix(by);
            }
            default -> {
                if (operation.equals("delete") && its.count() == 0) {
                    return delete(by, table);
                }
                Operation known = Operation.ALL.get(operation);
                return Answer.of(
                        known == null
                                ? "!unknown " + operation + "/" + its.count()
                                : use(by, table, hold -> {
                                    String result = known.run(hold, its);
                                    table.remember(hold, operation, its);
                                    return result;
                                }));
            }
        }
        return Answer.of("true");
    }

    /** Reads or changes a table, as its owner or by reference. */
    private static <T> T use(Life by, Subject table, Function<Hold, T> work) {
        return table.ownedBy(by)
                .map(owner -> owner.ask(owned -> work.apply(Hold.of(table, owned))))
                .orElseGet(() -> work.apply(Hold.of(table, table.ref())));
    }

    /** What only the owner can do at all: others do not have the table in their hands. */
    private static Tenure owner(Life by, Subject table) {
        return table.ownedBy(by).orElseThrow(() -> new BadArgument(by + " does not own " + table.name));
    }

    private static void giveAway(Life by, Subject table, Life to, Term gift) {
        owner(by, table).ask(owned -> {
            owned.giveAway(to.consumer, gift);
            return true;
        });
        by.owned.remove(table);
        table.settled();
    }

    private static void bequeath(Life by, Subject table, @Nullable Will will) {
        owner(by, table).ask(owned -> {
            table.bequeath(owned, by, will);
            return true;
        });
    }

    private Answer delete(Life by, Subject table) {
        Optional<Tenure> owner = table.ownedBy(by);
        if (owner.isPresent()) {
            owner.get().ask(owned -> {
                owned.delete();
                return true;
            });
            by.owned.remove(table);
            return Answer.of("true");
        }
        if (table.shape.access() != Access.PUBLIC) {
            return Answer.of("!badarg");
        }
        tables.delete(table.name); // throws if there is none
        processes.all().forEach(process -> process.owned.remove(table));
        return new Answer("!badarg", Difference.PUBLIC_TABLE_DELETED_BY_ANOTHER);
    }

    private Answer info(@Nullable Subject table, String what) {
        if (table == null || !tables.names().contains(table.name)) {
            return Answer.of("undefined");
        }
        TableStatus status = tables.status(table.name);
        return switch (what) {
            case "owner" -> Answer.of(processes.print(status.owner()));
            case "heir" -> heir(table, status);
            case "protection" -> Answer.of(lower(status.access()));
            case "type" -> Answer.of(lower(status.type()));
            case "keypos" -> Answer.of(String.valueOf(table.shape.keypos()));
            case "size" -> Answer.of(table.miscount.size(status.rows()));
            default -> throw new IllegalArgumentException("no such information: " + what);
        };
    }

    private Answer heir(Subject table, TableStatus status) {
        Will will = table.will();
        if (will != null && !will.heir().alive) {
            return new Answer("none", Difference.DEAD_HEIR_SHOWN);
        }
        if (status.heir() instanceof Heir.Consumer named) {
            return Answer.of(processes.print(named.name()));
        }
        return Answer.of(will != null && will.heir().consumer.equals(status.owner()) ? will.heir().name : "none");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
