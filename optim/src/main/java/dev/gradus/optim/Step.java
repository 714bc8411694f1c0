package dev.gradus.optim;

/// One update, as it is reported.
///
/// @param step its number, counted from 1 over the life of the [State]
/// @param examples how many examples this run had seen after it
/// @param loss the loss of its batch, before the update
/// @param gradientNorm the norm of the gradient by all parameters, before clipping
/// @param learningRate the learning rate it used
public record Step(long step, long examples, double loss, double gradientNorm, double learningRate) {}
