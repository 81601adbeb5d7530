package dev.heirloom.table;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What Java says of maps holds for the map views: the suites of Guava's testlib, none of their tests left out. They are
 * of JUnit 3, some 50,000 tests; here what they try on one view of one size is one dynamic test.
 */
class MapContractTest {
    @TestFactory
    Stream<DynamicNode> set() {
        return map(new MapsOfNotes(null, Rows::asMap));
    }

    @TestFactory
    Stream<DynamicNode> set_snapshot() {
        return map(new MapsOfNotes(null, table -> table.snapshot().asMap()));
    }

    @TestFactory
    Stream<DynamicNode> orderedSet_plainMap() {
        return map(new MapsOfNotes(Comparator.naturalOrder(), Rows::asMap), CollectionFeature.KNOWN_ORDER);
    }

    @TestFactory
    Stream<DynamicNode> orderedSet_naturalOrder() {
        return navigableMap(new SortedMapsOfNotes(Comparator.naturalOrder(), Rows::asNavigableMap));
    }

    @TestFactory
    Stream<DynamicNode> orderedSet_comparator_snapshot() {
        Comparator<String> fromTheRight =
                Comparator.comparing(key -> new StringBuilder(key).reverse().toString());
        return navigableMap(
                new SortedMapsOfNotes(fromTheRight, table -> table.snapshot().asNavigableMap()));
    }

    private static Stream<DynamicNode> map(MapsOfNotes maps, CollectionFeature... features) {
        return nodes(ConcurrentMapTestSuiteBuilder.using(maps)
                .named("map")
                .withFeatures(CollectionSize.ANY)
                .withFeatures(features)
                .createTestSuite());
    }

    private static Stream<DynamicNode> navigableMap(SortedMapsOfNotes maps) {
        return nodes(ConcurrentNavigableMapTestSuiteBuilder.using(maps)
                .named("map")
                .withFeatures(CollectionSize.ANY, CollectionFeature.KNOWN_ORDER)
                .createTestSuite());
    }

    /** Those of the suite's parts that have nothing but test cases become one test. */
    private static Stream<DynamicNode> nodes(TestSuite suite) {
        List<DynamicNode> nodes = new ArrayList<>();
        List<Executable> cases = new ArrayList<>();
        for (Test part : Collections.list(suite.tests())) {
            List<Test> tests = Collections.list(((TestSuite) part).tests());
            if (tests.stream().allMatch(TestCase.class::isInstance)) {
                tests.forEach(test -> cases.add(named((TestCase) test)));
            } else {
                nodes.add(dynamicContainer(((TestSuite) part).getName(), nodes((TestSuite) part)));
            }
        }
        if (!cases.isEmpty()) {
            nodes.add(0, dynamicTest(cases.size() + " tests", () -> assertAll(cases)));
        }
        return nodes.stream();
    }

    private static Executable named(TestCase test) {
        return () -> {
            try {
                test.runBare();
            } catch (Throwable e) {
                throw new AssertionError(test.getName(), e);
            }
        };
    }
}
