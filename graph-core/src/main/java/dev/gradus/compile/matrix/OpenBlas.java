package dev.gradus.compile.matrix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Products by OpenBLAS, called where the arrays lie: nothing is copied. Garbage collection waits while a call runs.
///
/// There is one only where [OpenBlasLibrary] found the library.
final class OpenBlas implements Gemm {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  // Constants, so that the compiler of the JVM puts the call in line.
  private static final MethodHandle SGEMM = function("cblas_sgemm", JAVA_FLOAT);
  private static final MethodHandle DGEMM = function("cblas_dgemm", JAVA_DOUBLE);

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, MemoryLayout number) {
    return Linker.nativeLinker()
        .downcallHandle(
            OpenBlasLibrary.FOUND.orElseThrow().findOrThrow(name),
            FunctionDescriptor.ofVoid(
                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                number, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
                number, ADDRESS, JAVA_INT),
            Linker.Option.critical(true));
  }

  @Override
  public void multiply(Layout layout, Part part, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt) {
    int m = part.rowTo() - part.rowFrom();
    int n = part.columnTo() - part.columnFrom();
    int k = part.to() - part.from();
    if (m == 0 || n == 0) {
      return;
    }
    boolean turnedA = layout.isTurnedA();
    boolean turnedB = layout.isTurnedB();
    int lda = Layout.leading(turnedA, layout.aRowStep, layout.m(), layout.aSumStep, layout.k());
    int ldb = Layout.leading(turnedB, layout.bSumStep, layout.k(), layout.bColumnStep, layout.n());
    int ldc = Layout.leading(false, layout.cRowStep, layout.m(), layout.cColumnStep, layout.n());
    int aFrom = k == 0 ? 0 : aAt + layout.aRow[part.rowFrom()] + layout.aSum[part.from()];
    int bFrom = k == 0 ? 0 : bAt + layout.bSum[part.from()] + layout.bColumn[part.columnFrom()];
    int cFrom = cAt + layout.cRow[part.rowFrom()] + layout.cColumn[part.columnFrom()];
    int isA = turnedA ? TRANSPOSED : AS_IT_IS;
    int isB = turnedB ? TRANSPOSED : AS_IT_IS;
    try {
      if (c instanceof float[] floats) {
        SGEMM.invokeExact(
            ROW_MAJOR, isA, isB, m, n, k,
            (float) alpha, from((float[]) a, aFrom), lda, from((float[]) b, bFrom), ldb,
            (float) beta, from(floats, cFrom), ldc);
      } else {
        DGEMM.invokeExact(
            ROW_MAJOR, isA, isB, m, n, k,
            alpha, from((double[]) a, aFrom), lda, from((double[]) b, bFrom), ldb,
            beta, from((double[]) c, cFrom), ldc);
      }
    } catch (Throwable unexpected) {
      throw new AssertionError("BLAS throws nothing", unexpected);
    }
  }

  private static MemorySegment from(float[] numbers, int at) {
    return MemorySegment.ofArray(numbers).asSlice((long) Float.BYTES * at);
  }

  private static MemorySegment from(double[] numbers, int at) {
    return MemorySegment.ofArray(numbers).asSlice((long) Double.BYTES * at);
  }
}
