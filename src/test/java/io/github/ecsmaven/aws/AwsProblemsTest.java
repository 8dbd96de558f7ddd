package io.github.ecsmaven.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsProblemsTest {
    private static final String DOING = "update service 'orders'";

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDeniedException | 400 | User: u is not authorized to perform: ecs:UpdateService on resource: arn:x because no identity-based policy allows the ecs:UpdateService action | the permission ecs:UpdateService is missing. | add ecs:UpdateService on arn:x to the IAM policy of the build's role.",
                "AccessDeniedException | 400 | User: u is not authorized to perform: iam:PassRole on resource: arn:r because no identity-based policy allows the iam:PassRole action | the permission iam:PassRole is missing. | add iam:PassRole on arn:r to the IAM policy of the build's role, for the task role and the execution role, with the condition iam:PassedToService = ecs-tasks.amazonaws.com.",
                "AccessDenied | 403 | User: u is not authorized to perform: sts:AssumeRole on resource: arn:r | the permission sts:AssumeRole is missing. | add sts:AssumeRole on arn:r to the IAM policy of the build's role, and check the trust policy of the role to assume.",
                "AccessDeniedException | 400 | User: u is not authorized to perform: ecs:UpdateService on resource: arn:x with an explicit deny | a policy forbids ecs:UpdateService. | ask the account's administrators: an explicit deny outweighs every allow.",
                "AccessDeniedException | 400 | no | AWS did not allow it. | give the build's role the permission for it.",
                "ExpiredTokenException | 400 | The security token included in the request is expired | the AWS session has expired. | get new credentials right before the deploy, or let the role's session last longer.",
                "UnrecognizedClientException | 400 | The security token included in the request is invalid. | AWS does not know these credentials. | check the key (aws sts get-caller-identity), AWS_SESSION_TOKEN with temporary keys, and that the region belongs to the account.",
                "InvalidSignatureException | 400 | Signature expired: 20151221T200419Z is now earlier than 20151221T201450Z | the clock of this machine is wrong. | set the clock (NTP).",
                "SignatureDoesNotMatch | 403 | The request signature we calculated does not match | AWS does not accept the signature. | check that AWS_SECRET_ACCESS_KEY is whole and not quoted.",
                "ThrottlingException | 400 | Rate exceeded | AWS asks to call less often. | run it again in a minute; other builds use the same account.",
                "LimitExceededException | 400 | The maximum number of repositories was reached | a quota of the AWS account is used up. | remove what is no longer needed, or ask for a higher quota (Service Quotas in the AWS console).",
                "ServerException | 500 | Service Unavailable. | AWS has a fault (HTTP 500). | run it again; see the AWS Health Dashboard when it stays.",
                "InvalidParameterException | 400 | TaskDefinition is inactive | AWS refused it. | correct what AWS objects to; -X shows the requests.",
            })
    void translateRefusal(String code, int status, String message, String why, String next) {
        Problem problem = AwsProblems.translate(DOING, refusal(code, status, message));
        assertThat(problem.what()).isEqualTo("Could not update service 'orders': " + why);
        assertThat(problem.evidence()).first().isEqualTo(code + ": " + message);
        assertThat(problem.evidence()).hasSize(why.startsWith("the permission") ? 2 : 1);
        assertThat(problem.next()).isEqualTo(next);
        assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
    }

    @Test
    void translateWhenAPermissionIsMissingHoldsTheStatementToAdd() {
        String token = "User: u is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no"
                + " identity-based policy allows the ecr:GetAuthorizationToken action";
        assertThat(AwsProblems.translate(DOING, refusal("AccessDeniedException", 400, token))
                        .evidence())
                .last()
                .isEqualTo(
                        "Statement: {\"Effect\": \"Allow\", \"Action\": \"ecr:GetAuthorizationToken\", \"Resource\": \"*\"}");
    }

    @Test
    void translateWhenRefusedAtTheDoorNamesTheEndpoint() {
        SdkClientException fault = SdkClientException.create(
                "Unable to execute HTTP request: Connection refused (http://127.0.0.1:4747)", new ConnectException());
        Problem problem = AwsProblems.translate(DOING, fault);
        assertThat(problem.what())
                .isEqualTo("Could not update service 'orders': no answer from http://127.0.0.1:4747.");
        assertThat(problem.next()).contains("ecs.endpoint");
        assertThat(problem.blame()).isEqualTo(Problem.Blame.MACHINE);
        assertThat(AwsProblems.isPassing(fault)).isTrue();
    }

    @Test
    void translateWhenTheHostIsUnknownNamesIt() {
        SdkClientException fault =
                SdkClientException.create("x", new UnknownHostException("ecs.eu-wst-1.amazonaws.com"));
        assertThat(AwsProblems.translate(DOING, fault).what())
                .isEqualTo("Could not update service 'orders': the host 'ecs.eu-wst-1.amazonaws.com' is not known"
                        + " (is the region eu-west-1 meant?).");
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, true",
        "ServerException, 500, true",
        "AccessDeniedException, 400, false",
        "LimitExceededException, 400, false",
    })
    void isPassing(String code, int status, boolean passing) {
        assertThat(AwsProblems.isPassing(refusal(code, status, ""))).isEqualTo(passing);
    }

    private static AwsServiceException refusal(String code, int status, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
