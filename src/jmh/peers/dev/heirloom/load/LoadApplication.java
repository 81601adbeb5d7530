package dev.heirloom.load;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The REST root: the resource of this application, and nothing of Heirloom's. */
@ApplicationPath("api")
public class LoadApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(LinesResource.class);
    }
}
