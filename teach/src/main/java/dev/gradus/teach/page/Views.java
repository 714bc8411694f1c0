package dev.gradus.teach.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.graph.Graph;
import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.layout.Group;
import dev.gradus.teach.layout.Label;
import dev.gradus.teach.layout.Layout;
import dev.gradus.teach.layout.Link;
import dev.gradus.teach.layout.Member;
import dev.gradus.teach.layout.MemberLink;
import dev.gradus.teach.layout.Outline;
import dev.gradus.teach.layout.Point;
import dev.gradus.teach.layout.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The groups of a graph and where their members stand, drawn from the result down and from left to right.
final class Views {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// The size of a box.
  private static final Size BOX = new Size(148, 70);

  private static final int MOST_PARALLEL = 4;

  private Views() {}

  /// Adds the size of a box and, for every group, its members (a node's id, or -1 - id of a group) and its two layouts.
  static void add(ObjectNode json, Graph graph) {
    json.putObject("box").put("width", BOX.width()).put("height", BOX.height());
    ArrayNode groups = json.putArray("groups");
    for (Group group : Outline.of(graph).groups()) {
      ObjectNode row = groups.addObject();
      Label label = group.label();
      row.put("kind", group.kind().name());
      row.put("label", label.name());
      row.put("number", label.number());
      row.put("pieces", label.pieces());
      row.put("op", label.kinds().isEmpty() ? "" : label.kinds().getFirst().kind());
      ArrayNode members = row.putArray("members");
      for (Member member : group.members()) {
        members.add(
            switch (member) {
              case Member.Single single -> graph.indexOf(single.node());
              case Group inner -> -1 - inner.id();
            });
      }
      List<Link> links = links(group);
      List<Size> boxes = Collections.nCopies(group.members().size(), BOX);
      ArrayNode layouts = row.putArray("layouts");
      layouts.add(layout(Layout.of(boxes, links, Direction.RESULT_ON_TOP), links));
      layouts.add(layout(Layout.of(boxes, links, Direction.RESULT_ON_RIGHT), links));
    }
  }

  /// A link for every use of a node by a node, and one between groups, however often they use each other.
  private static List<Link> links(Group group) {
    List<Link> links = new ArrayList<>();
    for (MemberLink link : group.links()) {
      boolean single = group.members().get(link.from()) instanceof Member.Single && group.members().get(link.to()) instanceof Member.Single;
      for (int i = 0; i < (single ? Math.min(link.uses(), MOST_PARALLEL) : 1); i++) {
        links.add(new Link(link.from(), link.to()));
      }
    }
    return links;
  }

  private static ObjectNode layout(Layout layout, List<Link> links) {
    ObjectNode json = JSON.objectNode();
    json.put("width", Math.round(layout.width()));
    json.put("height", Math.round(layout.height()));
    ArrayNode places = json.putArray("places");
    for (Box box : layout.boxes()) {
      places.add(Math.round(box.x())).add(Math.round(box.y()));
    }
    ArrayNode routes = json.putArray("links");
    for (int i = 0; i < links.size(); i++) {
      ArrayNode route = routes.addArray();
      route.add(links.get(i).from()).add(links.get(i).to());
      for (Point point : layout.routes().get(i)) {
        route.add(Math.round(point.x())).add(Math.round(point.y()));
      }
    }
    return json;
  }
}
