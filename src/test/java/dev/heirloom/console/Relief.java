package dev.heirloom.console;

import dev.heirloom.calls.Call;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;

/** Somebody else to whom the calls can be given. */
@Dependent
public class Relief implements TableConsumer<String, Call> {
    @Override
    public void consume(OwnedTable<String, Call> table, Requests requests) throws Exception {
        while (table.isOwned()) {
            requests.serve(Duration.ofSeconds(1));
        }
    }
}
