package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableConsumer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.ParameterizedType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consumers among the CDI beans of the application. Thread-safe. */
final class CdiConsumers implements Consumers {
    private final BeanManager beans;
    private final DeployedSpecs specs;
    private final Map<String, Bean<?>> byName = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();

    CdiConsumers(BeanManager beans, DeployedSpecs specs) {
        this.beans = beans;
        this.specs = specs;
        for (Bean<?> bean : beans.getBeans(new TypeLiteral<TableConsumer<?, ?>>() {}.getType(), Any.Literal.INSTANCE)) {
            String name = bean.getBeanClass().getSimpleName();
            if (byName.putIfAbsent(name, bean) != null) {
                refused.put(name, "two consumers are called " + name);
            }
            if (bean.getScope() != Dependent.class) {
                refused.put(
                        name,
                        bean.getBeanClass().getName() + " is @"
                                + bean.getScope().getSimpleName() + ": a consumer must be @Dependent");
            }
        }
    }

    @Override
    public @Nullable String whyNotLive(TableSpec<?, ?> spec, String consumer) {
        if (consumer.equals(ServingConsumer.NAME)) {
            return null;
        }
        Bean<?> bean = byName.get(consumer);
        if (bean == null) {
            return "the consumer " + consumer + " is not deployed";
        }
        if (refused.containsKey(consumer)) {
            return refused.get(consumer);
        }
        ParameterizedType type = DeployedSpecs.parameterized(bean.getTypes(), TableConsumer.class);
        return type != null && specs.fits(spec, List.of(type.getActualTypeArguments()))
                ? null
                : "the consumer " + consumer + " is for tables of other keys or rows";
    }

    @Override
    @SuppressWarnings("unchecked") // whyNotLive compared the types
    public <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer) {
        Bean<?> bean = byName.get(consumer);
        if (bean == null) {
            return new Incarnation<>(new ServingConsumer<>(), () -> {});
        }
        CreationalContext<?> context = beans.createCreationalContext(bean);
        Object instance;
        try {
            instance = beans.getReference(bean, bean.getBeanClass(), context);
        } catch (Throwable t) {
            context.release(); // what was made for it
            throw t;
        }
        return new Incarnation<>((TableConsumer<K, R>) instance, context::release);
    }
}
