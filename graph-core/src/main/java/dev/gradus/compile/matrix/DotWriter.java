package dev.gradus.compile.matrix;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Writes the class of [Dots] for so many rows and columns: the lanes of all sums are local variables, which the JVM keeps in
/// registers.
final class DotWriter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc INTS = CD_int.arrayType();

  // Parameters of Dots.run, as local variables.
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int A = 3;
  private static final int A_AT = 4;
  private static final int A_ROW = 5;
  private static final int ROW = 6;
  private static final int A_SUM = 7;
  private static final int B = 8;
  private static final int B_AT = 9;
  private static final int B_COLUMN = 10;
  private static final int COLUMN = 11;
  private static final int B_SUM = 12;
  private static final int SUMS = 13;

  private final int rows;
  private final int columns;
  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc element;

  private DotWriter(boolean isSingle, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.lanes = isSingle ? Dots.LANES : Dots.LANES / 2;
    this.vector = ClassDesc.of(PACKAGE + (isSingle ? "FloatVector" : "DoubleVector"));
    this.element = isSingle ? CD_float : CD_double;
  }

  static byte[] write(boolean isSingle, int rows, int columns) {
    return ClassFile.of()
        .build(ClassDesc.of("dev.gradus.compile.matrix.WrittenDots"), type -> {
          type.withInterfaceSymbols(ClassDesc.of("dev.gradus.compile.matrix.Dots"));
          type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
          type.withMethodBody(
              ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
              code -> code.aload(0).invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
          type.withMethodBody(
              "run",
              MethodTypeDesc.of(
                  CD_void, CD_int, CD_int, CD_Object, CD_int, INTS, CD_int, INTS, CD_Object, CD_int, INTS, CD_int, INTS, CD_Object),
              ClassFile.ACC_PUBLIC,
              new DotWriter(isSingle, rows, columns)::body);
        });
  }

  private void body(CodeBuilder code) {
    Label computes = code.newLabel();
    code.iload(FROM).iload(TO).if_icmple(computes).return_().labelBinding(computes);
    int a = array(code, A);
    int b = array(code, B);
    int[] left = starts(code, A_AT, A_ROW, ROW, rows);
    int[] right = starts(code, B_AT, B_COLUMN, COLUMN, columns);
    int[] sums = new int[rows * columns];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.allocateLocal(TypeKind.REFERENCE);
      species(code);
      code.invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES)).astore(sums[i]);
    }
    Label test = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(test).iload(FROM).iload(TO).if_icmpge(done);
    int[] x = vectors(code, a, left, A_SUM);
    int[] y = vectors(code, b, right, B_SUM);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int sum = sums[i * columns + j];
        code.aload(x[i]).aload(y[j]).aload(sum);
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR)).astore(sum);
      }
    }
    code.iinc(FROM, lanes).goto_(test).labelBinding(done);
    int to = array(code, SUMS);
    for (int i = 0; i < sums.length; i++) {
      code.aload(sums[i]).aload(to).loadConstant(i * lanes);
      code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int));
    }
    code.return_();
  }

  private int array(CodeBuilder code, int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(element.arrayType()).astore(local);
    return local;
  }

  private void species(CodeBuilder code) {
    code.getstatic(vector, "SPECIES_256", SPECIES);
  }

  /// Where the rows of a matrix start.
  private static int[] starts(CodeBuilder code, int at, int table, int first, int count) {
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = code.allocateLocal(TypeKind.INT);
      code.aload(table).iload(first).loadConstant(i).iadd().iaload().iload(at).iadd().istore(starts[i]);
    }
    return starts;
  }

  /// The next vector of each row.
  private int[] vectors(CodeBuilder code, int array, int[] starts, int sum) {
    int place = code.allocateLocal(TypeKind.INT);
    code.aload(sum).iload(FROM).iaload().istore(place);
    int[] vectors = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      vectors[i] = code.allocateLocal(TypeKind.REFERENCE);
      species(code);
      code.aload(array).iload(starts[i]).iload(place).iadd();
      code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, element.arrayType(), CD_int)).astore(vectors[i]);
    }
    return vectors;
  }
}
