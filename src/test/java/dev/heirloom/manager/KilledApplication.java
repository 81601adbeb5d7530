package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.rest.Open;
import dev.heirloom.table.RowCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What runs on the server that {@link KilledServerIT} kills: a durable table, written over HTTP. */
@ApplicationPath("api")
public class KilledApplication extends Application {
    /** A file: while it is there, no row can be read. */
    static final String GATE = "heirloom.test.gate";

    /** The rows: two for each caller, which are written together. */
    public record Half(String key, long number) {}

    /** Writes rows, and reads them once it is let. */
    static final class GatedCodec implements RowCodec<Half> {
        @Override
        public String encode(Half row) {
            return row.key() + " " + row.number();
        }

        @Override
        public Half decode(String line) {
            while (Files.exists(java.nio.file.Path.of(System.getProperty(GATE)))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            String[] parts = line.split(" ", -1);
            return new Half(parts[0], Long.parseLong(parts[1]));
        }
    }

    /** The table. */
    @ApplicationScoped
    public static class Halves {
        @Produces
        static final TableSpec<String, Half> HALVES = TableSpec.set("halves", Half.class, Half::key)
                .durability(Durability.valueOf(System.getProperty("heirloom.test.durability", "ALWAYS")))
                .codec(new GatedCodec())
                .required(true);
    }

    /** Writes, and says what is there. */
    @Path("halves")
    @RequestScoped
    public static class HalvesResource {
        @Inject
        @SuppressWarnings("NullAway.Init")
        private TableRef<String, Half> halves;

        @Inject
        @SuppressWarnings("NullAway.Init")
        private Tables tables;

        @Open
        @POST
        @Path("{caller}/{number}")
        public void write(@PathParam("caller") String caller, @PathParam("number") long number) {
            halves.<Half>call(t -> {
                t.insert(new Half(caller + "-first", number));
                return t.insert(new Half(caller + "-second", number));
            });
        }

        @Open
        @GET
        @jakarta.ws.rs.Produces(MediaType.TEXT_PLAIN)
        public String rows() {
            return halves.stream()
                    .map(row -> row.key() + " " + row.number())
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }

        @Open
        @GET
        @Path("epoch")
        @jakarta.ws.rs.Produces(MediaType.TEXT_PLAIN)
        public String epoch() {
            return Long.toString(tables.status("halves").epoch());
        }
    }
}
