package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcrLoginsTest {
    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, eu-west-1",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com, us-east-1",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1",
        "123456789012.dkr-ecr.eu-west-1.on.aws, eu-west-1",
        "public.ecr.aws,",
        "12345.dkr.ecr.eu-west-1.amazonaws.com,",
        "123456789012.dkr.ecr.eu-west-1.example.com,",
        "ghcr.io,",
        "127.0.0.1:4747,",
    })
    void regionIsThatOfTheHost(String host, String region) {
        assertThat(EcrLogins.region(host).orElse(null)).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, eu-west-1",
        "public.ecr.aws, us-east-1",
        "ecr-public.aws.com, us-east-1",
        "public.ecr.aws.example.com,",
        "ghcr.io,",
    })
    void loginRegionIsWhereAwsGivesTheLogin(String host, String region) {
        assertThat(EcrLogins.loginRegion(host).orElse(null)).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, false",
        "123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com, false",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com, true",
        "210987654321.dkr.ecr.eu-west-1.amazonaws.com, true",
        "public.ecr.aws, true",
        "ecr.proxy.example, false",
    })
    void isElsewhereIsAnotherAccountOrRegion(String host, boolean elsewhere) {
        assertThat(EcrLogins.isElsewhere("123456789012.dkr.ecr.eu-west-1.amazonaws.com", host))
                .isEqualTo(elsewhere);
    }
}
