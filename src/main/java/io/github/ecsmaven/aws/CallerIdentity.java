package io.github.ecsmaven.aws;

/**
 * As whom AWS is called.
 *
 * @param account the twelve digits of the account
 * @param arn of the user or the assumed role
 */
public record CallerIdentity(String account, String arn) {}
