/**
 * What a service shall run, as the project says it and as ECS has it: task definition, service and AppSpec read from files, filled
 * in, changed and compared.
 *
 * <p>May use: the AWS SDK; of other rooms, {@code ecs} too, nothing.
 */
@NullMarked
package io.github.ecsmaven.ecs.definition;

import org.jspecify.annotations.NullMarked;
