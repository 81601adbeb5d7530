package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** The table of the ten lines that a user writes. */
@ApplicationScoped
class CallTables {
    @Produces
    static final TableSpec<String, Call> CALLS = TableSpec.set("calls", Call.class, Call::sid);
}
