package dev.gradus.teach.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.picture.Samples;
import dev.gradus.teach.replay.Step;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LessonJsonTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(15);
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void gradientsByLeavesHaveTheirNames() throws JsonProcessingException {
    JsonNode json = MAPPER.readTree(Samples.quiz().toJson());
    assertEquals(0.0033240283353950773, json.get("gradients").get("w2").asDouble(), 1e-17);
    assertEquals(4, json.get("gradients").size());
  }

  /// What is read and written again is the same, and the steps are those of the lesson.
  @Property(tries = 30, seed = "23")
  void itRoundTripsAndTellsTheSteps(@ForAll("graphs") RandomGraph graph) throws JsonProcessingException {
    Lesson lesson = Lesson.of(graph.result());
    String text = lesson.toJson();
    JsonNode json = MAPPER.readTree(text);
    assertEquals(text, MAPPER.writeValueAsString(json));
    assertEquals(lesson.steps().size(), json.get("steps").size());
    for (int k = 0; k < lesson.steps().size(); k++) {
      Step step = lesson.steps().get(k);
      JsonNode told = json.get("steps").get(k);
      assertEquals(step.kind().name(), told.get("kind").asText());
      assertEquals(lesson.sentence(step), told.get("sentence").asText());
      assertEquals(step.u() == null, told.get("node").isNull());
      if (step.share() != null) {
        JsonNode user = json.get("nodes").get(told.get("user").asInt());
        assertEquals(told.get("node"), user.get("inputs").get(told.get("slot").asInt()));
      }
    }
  }

  @Test
  void hostileNamesAreStrings() throws JsonProcessingException {
    JsonNode json = MAPPER.readTree(Samples.hostile().toJson());
    assertTrue(json.get("nodes").size() > Samples.HOSTILE.size());
  }
}
