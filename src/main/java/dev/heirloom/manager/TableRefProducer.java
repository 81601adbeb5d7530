package dev.heirloom.manager;

import dev.heirloom.Table;
import dev.heirloom.TableSpec;
import dev.heirloom.ownership.TableRef;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;

/** Gives injection points their table references, by the types of keys and rows or by name. */
@Dependent
class TableRefProducer {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private DeployedSpecs specs;

    /** The one table of the types that the injection point names. */
    @Produces
    @Dependent
    <K, R> TableRef<K, R> byTypes(InjectionPoint point) {
        List<Type> types = types(point);
        List<TableSpec<?, ?>> found = specs.of(types);
        if (found.size() != 1) {
            throw new UnresolvedTableException(
                    point,
                    found.isEmpty()
                            ? "no TableSpec with these types is produced"
                            : "these tables have these types, tell them apart with @Table(\"name\"): "
                                    + found.stream()
                                            .map(TableSpec::name)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        return reference(found.get(0));
    }

    /** The table that the injection point names. */
    @Produces
    @Dependent
    @Table("")
    <K, R> TableRef<K, R> byName(InjectionPoint point) {
        String name = point.getQualifiers().stream()
                .filter(Table.class::isInstance)
                .map(qualifier -> ((Table) qualifier).value())
                .findFirst()
                .orElse("");
        TableSpec<?, ?> spec = specs.named(name)
                .orElseThrow(() -> new UnresolvedTableException(point, "there is no table called " + name));
        if (!specs.fits(spec, types(point))) {
            throw new UnresolvedTableException(point, "the table " + name + " has keys or rows of other types");
        }
        return reference(spec);
    }

    @SuppressWarnings("unchecked") // the types were compared
    private <K, R> TableRef<K, R> reference(TableSpec<?, ?> spec) {
        return manager.ref((TableSpec<K, R>) spec);
    }

    private static List<Type> types(InjectionPoint point) {
        return point.getType() instanceof ParameterizedType type ? List.of(type.getActualTypeArguments()) : List.of();
    }
}
