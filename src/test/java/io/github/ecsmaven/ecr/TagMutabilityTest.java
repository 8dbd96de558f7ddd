package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;

class TagMutabilityTest {
    @ParameterizedTest(name = "{0} {1}: {2} may move: {3}")
    @CsvSource({
        "MUTABLE,                  ,            latest,         true",
        "IMMUTABLE,                ,            latest,         false",
        "IMMUTABLE_WITH_EXCLUSION, latest,      latest,         true",
        "IMMUTABLE_WITH_EXCLUSION, latest,      latest2,        false",
        "IMMUTABLE_WITH_EXCLUSION, *-SNAPSHOT,  1.0-SNAPSHOT,   true",
        "IMMUTABLE_WITH_EXCLUSION, *-SNAPSHOT,  1.0,            false",
        "IMMUTABLE_WITH_EXCLUSION, dev*1.0,     dev-1x0,        false",
        "IMMUTABLE_WITH_EXCLUSION, a*;b*,       b7,             true",
        "MUTABLE_WITH_EXCLUSION,   v*,          v1,             false",
        "MUTABLE_WITH_EXCLUSION,   v*,          latest,         true",
    })
    void mayMove(String mutability, String filters, String tag, boolean moves) {
        List<ImageTagMutabilityExclusionFilter> exceptions = filters == null
                ? List.of()
                : List.of(filters.split(";")).stream()
                        .map(filter -> ImageTagMutabilityExclusionFilter.builder()
                                .filter(filter)
                                .build())
                        .toList();
        Repository repository = Repository.builder()
                .imageTagMutability(mutability)
                .imageTagMutabilityExclusionFilters(exceptions)
                .build();
        assertThat(TagMutability.of(repository).mayMove(tag)).isEqualTo(moves);
    }
}
