package dev.gradus.teach.script;

import dev.gradus.scalar.KernelFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The functions that the printed formulas call and JavaScript lacks, each defined once, where one of them is called.
final class Library {

  /// The functions that `Arithmetic` has and JavaScript lacks; the last are for BigInts.
  enum Routine {
    MASKED("(x,y)=>{const p=x*y;return p!=p&&(x==0||y==0)?0:p}"),
    /// Adding 2⁵² rounds to whole numbers as the processor does, ties to even.
    NEAREST("x=>{const a=Math.abs(x),r=a<2**52?a+2**52-2**52:a;return x<0||1/x<0?-r:r}"),
    REMAINDER("(x,y)=>{const r=x%y;return r==0?y<0||1/y<0?-0:0:r<0!=y<0?r+y:r}"),
    WRAP("x=>BigInt.asIntN(64,x)"),
    SIGN_OF("x=>x>0n?1n:x<0n?-1n:0n"),
    SIZE_OF("x=>x<0n?-x:x"),
    LESSER("(x,y)=>x<y?x:y"),
    GREATER("(x,y)=>x<y?y:x"),
    MODULO("(x,y)=>{const r=x%y;return r!=0n&&r<0n!=y<0n?r+y:r}");

    private final String source;

    Routine(String source) {
      this.source = source;
    }
  }

  private final Set<Routine> routines = new LinkedHashSet<>();
  private final Map<KernelFunction, String> functions = new HashMap<>();
  private final List<String> definitions = new ArrayList<>();

  /// The name of a routine.
  String name(Routine routine) {
    String name = "$" + routine.name().toLowerCase(Locale.ROOT);
    if (routines.add(routine)) {
      definitions.add(name + "=" + routine.source);
    }
    return name;
  }

  /// The name of the twin of `function`, which has one.
  String name(KernelFunction function) {
    return functions.computeIfAbsent(function, added -> {
      String name = "$" + functions.size();
      definitions.add(name + "=" + Objects.requireNonNull(added.javaScript()));
      return name;
    });
  }

  /// The definitions of all functions that were named so far: one statement, or nothing.
  String source() {
    return definitions.isEmpty() ? "" : "const " + String.join(",\n", definitions) + ";";
  }
}
