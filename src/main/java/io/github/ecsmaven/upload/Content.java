package io.github.ecsmaven.upload;

/**
 * What a visitor gets under a key.
 *
 * @param sha256 of the file before it is compressed
 */
record Content(String sha256, FileHeaders headers) {
    /** The name of a copy of these bytes; the headers are given anew when it is put back. */
    String copyName() {
        return headers.contentEncoding()
                .map(encoding -> sha256 + "." + encoding)
                .orElse(sha256);
    }
}
