package dev.gradus.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// A line of JSON as the peers print it.
///
/// @param peer who did the work
/// @param threads how many threads it could use
/// @param work the name of the workload
/// @param minMicros the shortest of the samples, in µs
/// @param medianMicros their median, in µs
/// @param soonMicros the median of samples taken after 1.5 s, which is when the peers are warm and a JVM is not, in µs
/// @param firstMillis the first time in a fresh JVM, from before the graph is built to after the first run, in ms; the start
///     of the JVM is not part of it
@JsonPropertyOrder({"peer", "threads", "work", "min_us", "median_us", "soon_us", "first_ms"})
record Line(
    String peer,
    int threads,
    String work,
    @JsonProperty("min_us") double minMicros,
    @JsonProperty("median_us") double medianMicros,
    @JsonProperty("soon_us") double soonMicros,
    @JsonProperty("first_ms") double firstMillis) {}
