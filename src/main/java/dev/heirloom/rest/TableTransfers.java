package dev.heirloom.rest;

import dev.heirloom.manager.TableHandle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Begins exports and imports, within the bounds of what may go on at a time. Thread-safe. */
@ApplicationScoped
public class TableTransfers {
    private final Jobs jobs;
    private final Spool spool;
    private final long maxBytes;
    private final Duration timeout;

    /** For the container's proxy. */
    TableTransfers() {
        this(new Jobs(), new Spool(), 0, Duration.ZERO);
    }

    /**
     * @param maxBytes how many bytes an import may have, uncompressed
     * @param timeout how long an import may wait for the owner, and then how long it may keep it busy
     */
    @Inject
    TableTransfers(
            Jobs jobs,
            Spool spool,
            @ConfigProperty(name = "heirloom.import.max-bytes", defaultValue = "536870912") long maxBytes,
            @ConfigProperty(name = "heirloom.import.timeout", defaultValue = "PT5M") Duration timeout) {
        this.jobs = jobs;
        this.spool = spool;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /** All rows at one moment, as a file whose reader may take as long as it likes. */
    TableFiles.Download export(TableHandle<?, ?> table, boolean salvage, TableFiles.Packing packing)
            throws IOException {
        Export<?, ?> export = new Export<>(table, salvage, packing.isCompressed());
        Jobs.Slot slot = jobs.slot();
        try {
            Path file = spool.create();
            try {
                export.write(file, Export.Progress.NONE);
                boolean zipped = packing == TableFiles.Packing.ZIPPED;
                return TableFiles.openOnce(file, TableFiles.name(table.status().name(), salvage, zipped), packing);
            } catch (Exception | Error e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } finally {
            slot.close();
        }
    }

    /** Begins to write a table to a file that is kept with the job. */
    Job startExport(TableHandle<?, ?> table, boolean zipped) throws IOException {
        Export<?, ?> export = new Export<>(table, false, zipped);
        table.codec(); // or it fails now
        table.ref().size(); // as does a table that is not loaded
        String name = TableFiles.name(table.status().name(), false, zipped);
        return jobs.start(Job.Kind.EXPORT, table.status().name(), jobs.slot(), job -> {
            Path file = spool.create();
            try {
                export.write(file, job::progress);
                return new Job.Result(file, name, zipped);
            } catch (Exception | Error e) {
                Files.deleteIfExists(file);
                throw e;
            }
        });
    }

    /** Receives a body, and begins to bring its rows into a table. */
    Job startImport(TableHandle<?, ?> table, Import.Mode mode, InputStream body, boolean compressed)
            throws IOException {
        Import.check(table);
        Jobs.Slot slot = jobs.slot();
        try {
            Import<?, ?> made = new Import<>(table, mode, timeout, spool.create());
            try {
                made.receive(body, compressed, maxBytes);
                return jobs.start(Job.Kind.IMPORT, table.status().name(), slot, job -> {
                    made.run(job);
                    return null;
                });
            } catch (Exception | Error e) {
                made.discard();
                throw e;
            }
        } catch (Exception | Error e) {
            slot.close();
            throw e;
        }
    }
}
