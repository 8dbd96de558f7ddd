package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The temporary containers of this keeper: started, stopped, and all ended at the end. */
final class Containers {
    private final Docker docker;
    private final EngineImages images;
    private final KeeperMark mark;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Owned owned;
    private final ServiceGroups groups;
    private @Nullable StartContainer start;

    Containers(Docker docker, EngineImages images, KeeperMark mark, Clock clock, Sleeper sleeper) {
        this.docker = docker;
        this.images = images;
        this.mark = mark;
        this.clock = clock;
        this.sleeper = sleeper;
        this.owned = new Owned(docker);
        this.groups = new ServiceGroups(docker, owned);
    }

    void requireNetwork(ServicesRequest request) {
        // What an earlier build has left there is removed first: its names are free then.
        prepared();
        groups.requireNetwork(request);
    }

    RunningServices startServices(ServicesRequest request) {
        StartContainer each = prepared();
        Map<String, String> labels = labels(request.build(), request.project());
        ServiceGroup group = groups.open(request, labels);
        try {
            return new RunningServices(group.id(), new StartServices(each, images, groups).run(request, group, labels));
        } catch (RuntimeException e) {
            groups.end(group);
            throw e;
        }
    }

    RunningContainer start(ContainerRequest request) {
        StartContainer one = prepared();
        Map<String, String> labels = labels(request.build(), request.project());
        if (request.beside().isPresent()) {
            return startBeside(groups.get(request.beside().get()), one, request, labels);
        }
        request.network().ifPresent(network -> Networks.require(docker.client(), network, List.of()));
        return one.run(Wanted.application(request, request.network(), labels), id -> {});
    }

    private RunningContainer startBeside(
            ServiceGroup group, StartContainer one, ContainerRequest request, Map<String, String> labels) {
        try {
            Wanted wanted = Wanted.application(request, Optional.of(group.network()), labels);
            RunningContainer container = one.run(wanted, id -> {});
            groups.serve(container.id(), group);
            return container;
        } catch (RuntimeException e) {
            RuntimeException explained = e instanceof Problem problem ? groups.explained(problem, group) : e;
            groups.end(group);
            throw explained;
        }
    }

    private Map<String, String> labels(String build, String project) {
        return Map.of(Labels.TEST, build, Labels.PROJECT, project, Labels.KEEPER, mark.label());
    }

    /** Before the first start. */
    private synchronized StartContainer prepared() {
        if (start == null) {
            DockerClient client = docker.client();
            new Leftovers(client, mark, clock).remove();
            Publishing publishing = Publishing.decide(docker.address(), sibling(client), gateway(client));
            start = new StartContainer(docker, owned, publishing, clock, sleeper);
        }
        return start;
    }

    /** A container's host name is its id, unless it was given another one. */
    private static boolean sibling(DockerClient client) {
        try {
            client.inspectContainerCmd(InetAddress.getLocalHost().getHostName()).exec();
            return true;
        } catch (NotFoundException | UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String> gateway(DockerClient client) {
        try {
            List<Network.Ipam.Config> configs = client.inspectNetworkCmd()
                    .withNetworkId("bridge")
                    .exec()
                    .getIpam()
                    .getConfig();
            return configs.stream()
                    .map(Network.Ipam.Config::getGateway)
                    .filter(gateway -> gateway != null)
                    .findFirst();
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Stops with a grace period, then removes, volumes too; then the services beside it. */
    Keeper.Ended stop(String id) {
        Optional<ServiceGroup> group = groups.servingOf(id);
        // Asked before: a service may end as its only client does.
        List<Keeper.ServiceState> services = group.map(groups::states).orElse(List.of());
        Owned.End end = owned.stop(id);
        group.ifPresent(groups::end);
        return new Keeper.Ended(end.state().running(), end.state().exitCode(), end.lastLines(), services);
    }

    /** Ends all; nothing begins any more. */
    void end() {
        owned.end();
    }
}
