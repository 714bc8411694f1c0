package dev.gradus.compile.matrix;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Writes the class of a [Tile]: sums of a tile of C are local variables, so that the JVM keeps them in registers.
///
/// For each p, `width` vectors of B's row p are loaded, and for each row of the tile one number of A is repeated in all lanes
/// and multiplied with them. HotSpot must not see that rows of A may be neighbours, nor hold any other floating-point number: it
/// would read them all at once, and a sum would lose its register, which halves the speed.
final class TileWriter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");

  // Parameters of Tile.run, as local variables.
  private static final int DEPTH = 1;
  private static final int A = 2;
  private static final int A_AT = 3;
  private static final int A_ROW = 4;
  private static final int A_SUM = 5;
  private static final int B = 6;
  private static final int B_AT = 7;
  private static final int C = 8;
  private static final int C_AT = 9;
  private static final int C_ROW = 10;
  private static final int ALPHA = 11;
  private static final int ADDS = 13;

  private final boolean isSingle;
  private final int rows;
  private final int width;
  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc element;
  private final TypeKind kind;

  private TileWriter(boolean isSingle, int rows, int width, int lanes) {
    this.isSingle = isSingle;
    this.rows = rows;
    this.width = width;
    this.lanes = lanes;
    vector = ClassDesc.of(PACKAGE + (isSingle ? "FloatVector" : "DoubleVector"));
    element = isSingle ? CD_float : CD_double;
    kind = isSingle ? TypeKind.FLOAT : TypeKind.DOUBLE;
  }

  /// The class of a tile.
  ///
  /// @param isSingle whether numbers are floats; else doubles
  /// @param rows the rows of the tile
  /// @param width its columns, in vectors
  /// @param lanes the numbers in a vector
  static byte[] write(boolean isSingle, int rows, int width, int lanes) {
    ClassDesc name = ClassDesc.of("dev.gradus.compile.matrix.WrittenTile");
    return ClassFile.of()
        .build(name, type -> {
          type.withInterfaceSymbols(ClassDesc.of("dev.gradus.compile.matrix.Tile"));
          type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
          type.withMethodBody(
              ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
              code -> code.aload(0).invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
          type.withMethodBody(
              "run",
              MethodTypeDesc.of(
                  CD_void, CD_int, CD_Object, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_Object, CD_int, CD_int, CD_long, CD_boolean),
              ClassFile.ACC_PUBLIC,
              new TileWriter(isSingle, rows, width, lanes)::body);
        });
  }

  private void body(CodeBuilder code) {
    Label computes = code.newLabel();
    code.iload(DEPTH).ifge(computes).return_().labelBinding(computes);
    int a = array(code, A);
    int b = array(code, B);
    int c = array(code, C);
    int[] sums = new int[rows * width];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.allocateLocal(TypeKind.REFERENCE);
      zero(code);
      code.astore(sums[i]);
    }
    sum(code, a, b, sums);
    int by = code.allocateLocal(TypeKind.REFERENCE);
    species(code);
    code.lload(ALPHA).invokestatic(ConstantDescs.CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
    if (isSingle) {
      code.d2f();
    }
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element)).astore(by);
    Label overwrites = code.newLabel();
    code.iload(ADDS).ifeq(overwrites);
    store(code, c, sums, by, true);
    code.return_();
    code.labelBinding(overwrites);
    store(code, c, sums, by, false);
    code.return_();
  }

  private int array(CodeBuilder code, int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(element.arrayType()).astore(local);
    return local;
  }

  private void species(CodeBuilder code) {
    code.getstatic(vector, "SPECIES_" + lanes * (isSingle ? 32 : 64), SPECIES);
  }

  private void sum(CodeBuilder code, int a, int b, int[] sums) {
    int[] row = new int[rows];
    for (int i = 0; i < rows; i++) {
      row[i] = code.allocateLocal(TypeKind.INT);
      code.iload(A_AT).iload(A_ROW).loadConstant(i).imul().iadd().istore(row[i]);
    }
    int step = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(step);
    int[] right = new int[width];
    for (int j = 0; j < width; j++) {
      right[j] = code.allocateLocal(TypeKind.REFERENCE);
    }
    int number = code.allocateLocal(kind);
    int left = code.allocateLocal(TypeKind.REFERENCE);
    int p = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(p);
    Label test = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(test);
    code.iload(p).iload(DEPTH).if_icmpge(done);
    for (int j = 0; j < width; j++) {
      load(code, b, B_AT, j * lanes);
      code.astore(right[j]);
    }
    for (int i = 0; i < rows; i++) {
      code.aload(a);
      code.iload(row[i]).iload(step).iadd();
      code.arrayLoad(kind).storeLocal(kind, number);
      species(code);
      code.loadLocal(kind, number).invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element)).astore(left);
      for (int j = 0; j < width; j++) {
        int sum = sums[i * width + j];
        code.aload(left).aload(right[j]).aload(sum);
        fma(code);
        code.astore(sum);
      }
    }
    code.iload(step).iload(A_SUM).iadd().istore(step);
    code.iinc(B_AT, width * lanes);
    code.iinc(p, 1).goto_(test);
    code.labelBinding(done);
  }

  private void load(CodeBuilder code, int array, int at, int offset) {
    species(code);
    code.aload(array).iload(at).loadConstant(offset).iadd()
        .invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, element.arrayType(), CD_int));
  }

  private void fma(CodeBuilder code) {
    code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR));
  }

  /// Writes `alpha · sum`, added to what was there or to 0.
  private void store(CodeBuilder code, int c, int[] sums, int alpha, boolean adds) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iload(C_AT).istore(at);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        code.aload(alpha).aload(sums[i * width + j]);
        if (adds) {
          load(code, c, at, j * lanes);
        } else {
          zero(code);
        }
        fma(code);
        code.aload(c).iload(at).loadConstant(j * lanes).iadd()
            .invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int));
      }
      code.iload(at).iload(C_ROW).iadd().istore(at);
    }
  }

  private void zero(CodeBuilder code) {
    species(code);
    code.invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES));
  }
}
