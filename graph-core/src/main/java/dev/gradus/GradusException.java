package dev.gradus;

/// Something was asked for that cannot be: the message says which rule was broken, what was given and what to do,
/// in the form `<op>: <rule>, but got <actual>; <remedy>`.
public final class GradusException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// Puts the message together.
  ///
  /// @param where the op or part that refuses
  /// @param rule what must hold
  /// @param got what was given instead
  /// @param remedy what the caller can do
  public GradusException(String where, String rule, Object got, String remedy) {
    super(where + ": " + rule + ", but got " + got + "; " + remedy);
  }

  private GradusException(String message, GradusException cause) {
    super(message, cause);
  }

  /// The same error with the place in the user's program where it arose; unchanged if a place is known already.
  public GradusException at(String place) {
    return getCause() instanceof GradusException ? this : new GradusException(getMessage() + " (" + place + ")", this);
  }
}
