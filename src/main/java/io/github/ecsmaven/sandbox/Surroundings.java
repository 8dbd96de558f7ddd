package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.EngineAddress;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.sts.SessionTokens;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What every part of the sandbox is told about the process that it lives in.
 *
 * @param home {@code ecs.sandbox.home}; a part keeps its state in a directory of its own below
 * @param port the port on 127.0.0.1 that is listened on
 * @param account twelve digits, the account that everything belongs to
 * @param region the region of calls whose signature names none
 * @param engine where Docker's is looked for
 * @param clock the time
 * @param faults that are ordered
 * @param tokens of assumed roles
 */
record Surroundings(
        Path home,
        int port,
        String account,
        String region,
        EngineAddress engine,
        Clock clock,
        Faults faults,
        SessionTokens tokens) {
    /** {@code 127.0.0.1:4747}, the registry in image names too. */
    String host() {
        return "127.0.0.1:" + port;
    }
}
