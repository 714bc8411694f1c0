package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// How a [Checkpoint] is written: big-endian, the word `GRADUS` and a version, then the fields in order, each string as
/// its length and UTF-8, each tensor as dtype, rank, dims and the bits of its elements; last the CRC-32 of all before.
final class CheckpointFormat {
  private static final byte[] MAGIC = {'G', 'R', 'A', 'D', 'U', 'S', 0, 1};
  private static final int CHECKSUM = Long.BYTES;

  private CheckpointFormat() {}

  static byte[] write(Checkpoint checkpoint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeLong(checkpoint.seed());
      out.writeLong(checkpoint.step());
      out.writeLong(checkpoint.examples());
      out.writeInt(checkpoint.entries().size());
      for (Checkpoint.Entry entry : checkpoint.entries()) {
        write(out, entry.name());
        write(out, entry.value());
        out.writeInt(entry.slots().size());
        for (Map.Entry<String, Tensor> slot : entry.slots().entrySet()) {
          write(out, slot.getKey());
          write(out, slot.getValue());
        }
      }
      out.writeInt(checkpoint.notes().size());
      for (Map.Entry<String, String> note : checkpoint.notes().entrySet()) {
        write(out, note.getKey());
        write(out, note.getValue());
      }
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, Tensor tensor) throws IOException {
    write(out, tensor.dtype().toString());
    out.writeInt(tensor.rank());
    for (int dim : tensor.shape().dims()) {
      out.writeInt(dim);
    }
    switch (RawTensors.array(tensor)) {
      case double[] elements -> {
        for (double element : elements) {
          out.writeLong(Double.doubleToRawLongBits(element));
        }
      }
      case float[] elements -> {
        for (float element : elements) {
          out.writeInt(Float.floatToRawIntBits(element));
        }
      }
      default -> throw new AssertionError("parameters are floating-point: " + tensor.dtype());
    }
  }

  static Checkpoint read(byte[] bytes) {
    int length = bytes.length - CHECKSUM;
    if (length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw damaged("other bytes");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(length);
      if (in.readLong() != checksum(bytes, length)) {
        throw damaged("a wrong checksum");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(MAGIC.length);
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Checkpoint read(DataInputStream in) throws IOException {
    long seed = in.readLong();
    long step = in.readLong();
    long examples = in.readLong();
    List<Checkpoint.Entry> entries = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = text(in);
      Tensor value = tensor(in);
      Map<String, Tensor> slots = new LinkedHashMap<>();
      int kept = in.readInt();
      for (int k = 0; k < kept; k++) {
        String slot = text(in);
        slots.put(slot, tensor(in));
      }
      entries.add(new Checkpoint.Entry(name, value, slots));
    }
    Map<String, String> notes = new LinkedHashMap<>();
    int noted = in.readInt();
    for (int i = 0; i < noted; i++) {
      String name = text(in);
      notes.put(name, text(in));
    }
    return new Checkpoint(seed, step, examples, entries, notes);
  }

  private static Tensor tensor(DataInputStream in) throws IOException {
    DType dtype = DType.of(text(in));
    int[] dims = new int[in.readInt()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = in.readInt();
    }
    Shape shape = Shape.of(dims);
    if (dtype == DType.F32) {
      float[] elements = new float[shape.size()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = Float.intBitsToFloat(in.readInt());
      }
      return RawTensors.wrap(shape, elements);
    }
    double[] elements = new double[shape.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Double.longBitsToDouble(in.readLong());
    }
    return RawTensors.wrap(shape, elements);
  }

  private static GradusException damaged(String got) {
    return new GradusException("checkpoint", "the file must be a whole checkpoint", got, "use another copy");
  }
}
