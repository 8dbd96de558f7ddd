package io.github.ecsmaven.lifecycle.resume;

/** Parts of a build that a call leaves out in a module, by switches or by a selection of tests. */
public enum LeftOut {
    /** They are not even compiled ({@code maven.test.skip}). */
    TEST_CLASSES,
    /** All or some of them. */
    UNIT_TESTS,
    /** All or some of them. */
    INTEGRATION_TESTS
}
