package dev.heirloom.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** An application of somebody else's that lists its classes, and forgets the filters. */
@ApplicationPath("api")
public class ListedApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(TablesResource.class);
    }
}
