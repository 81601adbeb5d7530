package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table specs among the CDI beans of the application, with the types that their producers declare. Immutable. */
@ApplicationScoped
class DeployedSpecs {
    /** A spec, and the type of its bean: {@code TableSpec<K, R>}. */
    private record Deployed(TableSpec<?, ?> spec, @Nullable ParameterizedType type) {
        /** Whether a reference or consumer of these types fits; one that was declared raw fits none. */
        boolean fits(List<Type> keyAndRow) {
            return type != null && Arrays.asList(type.getActualTypeArguments()).equals(keyAndRow);
        }
    }

    private final Map<String, Deployed> byName = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    @Inject
    @Any
    @SuppressWarnings("NullAway.Init")
    private Instance<TableSpec<?, ?>> instances;

    @PostConstruct
    void find() {
        for (Instance.Handle<TableSpec<?, ?>> handle : instances.handles()) {
            try {
                TableSpec<?, ?> spec = handle.get();
                spec.schema().requireImmutableRows();
                Deployed deployed =
                        new Deployed(spec, parameterized(handle.getBean().getTypes(), TableSpec.class));
                if (byName.putIfAbsent(spec.name(), deployed) != null) {
                    problems.add("two tables are called " + spec.name() + ": the second was not created");
                }
            } catch (RuntimeException | Error e) { // the producer is the user's: the others work
                problems.add("a table was not created: its spec, produced by "
                        + handle.getBean().getBeanClass().getName() + ", failed: " + e);
            }
        }
    }

    List<TableSpec<?, ?>> all() {
        return byName.values().stream().<TableSpec<?, ?>>map(Deployed::spec).toList();
    }

    List<String> problems() {
        return problems;
    }

    Optional<TableSpec<?, ?>> named(String name) {
        return Optional.ofNullable(byName.get(name)).map(Deployed::spec);
    }

    List<TableSpec<?, ?>> of(List<Type> keyAndRow) {
        return byName.values().stream()
                .filter(deployed -> deployed.fits(keyAndRow))
                .<TableSpec<?, ?>>map(Deployed::spec)
                .toList();
    }

    /**
     * Whether a reference or consumer of these types fits a table. Of one that was made at run time only the class of
     * the rows is known.
     */
    @SuppressWarnings("ReferenceEquality") // the JDK keeps the class loader of a record class that was compared
    boolean fits(TableSpec<?, ?> spec, List<Type> keyAndRow) {
        Deployed deployed = byName.get(spec.name());
        if (deployed != null && deployed.spec() == spec) {
            return deployed.fits(keyAndRow);
        }
        return rawClass(keyAndRow.get(1)) == spec.schema().rowType();
    }

    /** The type of the keys of a table; empty if it was made at run time, or the bean is of the raw type. */
    @SuppressWarnings("ReferenceEquality") // as above
    Optional<Type> keyType(TableSpec<?, ?> spec) {
        Deployed deployed = byName.get(spec.name());
        return deployed == null || deployed.spec() != spec
                ? Optional.empty()
                : Optional.ofNullable(deployed.type()).map(type -> type.getActualTypeArguments()[0]);
    }

    private static Type rawClass(Type type) {
        return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    }

    static @Nullable ParameterizedType parameterized(Iterable<Type> types, Class<?> raw) {
        for (Type type : types) {
            if (type instanceof ParameterizedType found && found.getRawType() == raw) {
                return found;
            }
        }
        return null;
    }
}
