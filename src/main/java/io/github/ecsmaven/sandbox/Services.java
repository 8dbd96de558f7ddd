package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.cloudfront.CloudFront;
import io.github.ecsmaven.sandbox.codedeploy.CodeDeploy;
import io.github.ecsmaven.sandbox.ecr.Ecr;
import io.github.ecsmaven.sandbox.ecs.Ecs;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.outbox.Outbox;
import io.github.ecsmaven.sandbox.outbox.SesApi;
import io.github.ecsmaven.sandbox.outbox.SnsService;
import io.github.ecsmaven.sandbox.s3.S3;
import io.github.ecsmaven.sandbox.sts.StsService;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import io.github.ecsmaven.sandbox.wire.Part;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * What the sandbox is made of. This is the one place where a service is added: its API to {@code json} or
 * {@code query}, and what works on its own beside it to {@code parts}.
 *
 * @param json services that speak awsJson1.1
 * @param query services that speak the query protocol
 * @param mail SES, which speaks REST
 * @param outbox what was sent to people
 * @param s3 files, over REST
 * @param cloudFront invalidations, over REST
 * @param view for the page
 * @param parts asked whether they are busy, and stopped with the sandbox
 */
record Services(
        List<JsonService> json,
        List<QueryService> query,
        SesApi mail,
        Outbox outbox,
        HttpHandler s3,
        HttpHandler cloudFront,
        View view,
        List<Part> parts) {
    private static final Logger LOG = Logger.getLogger(Services.class.getName());

    Services {
        json = List.copyOf(json);
        query = List.copyOf(query);
        parts = List.copyOf(parts);
    }

    /** A new part takes what it needs of {@code at}, and {@code ecr.images()} to run what was pushed. */
    static Services compose(Surroundings at, Ecr ecr) {
        URI address = at.engine().findOrExpect();
        LOG.info("The tasks run on the Docker engine at " + address);
        DockerEngine engine = new DockerEngine(address);
        Ecs ecs = new Ecs(at.home(), Ecs.homeId(at.home()), ecr.images(), engine, at.clock(), at.faults()).start();
        CodeDeploy codeDeploy = new CodeDeploy(at.home(), ecs.taskSets(), at.clock()).start();
        Caller owner = new Caller(at.account(), at.region());
        S3 s3 = new S3(at.home(), owner, at.clock(), at.faults());
        List<JsonService> json = new ArrayList<>(ecs.apis());
        json.add(0, ecr.api());
        json.add(ecr.publicApi());
        json.add(codeDeploy);
        Outbox outbox = new Outbox(at.clock());
        return new Services(
                json,
                List.of(new StsService(at.tokens(), at.clock()), ecs.elb(), new SnsService(outbox)),
                new SesApi(outbox),
                outbox,
                s3,
                new CloudFront(at.clock(), at.faults(), owner),
                new View(ecs, ecr, s3, outbox, at),
                List.of(codeDeploy, ecs, s3));
    }
}
