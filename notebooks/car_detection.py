# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Car detection: from a network's numbers to boxes
#
# A network looks at a street and answers with thousands of numbers. A driver needs a short list:
# here is a car, there a person. In this notebook you write what stands between: it throws away what
# is unsure, compares boxes, and keeps one box for each thing. The network is trained already; it
# belongs to the family called YOLO.
#
# **What you will do**
#
# - choose the boxes that a network is sure of;
# - measure how much two boxes overlap;
# - remove boxes that show the same thing again;
# - put it all together, and measure how good it is, by day and by night.
#
# **What you will learn**
#
# - why one car makes a network fire several times;
# - what two thresholds decide, and what they cost;
# - what precision, recall and mAP say of a detector, and what they leave out.
#
# **What you will need:** numpy arrays of several axes. The notebook on convolution helps, but you
# can do without. About 60 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils import detector
from course_utils.boxes import scale_boxes, yolo_boxes_to_corners
from course_utils.check import check
from course_utils.datasets import STREET_KINDS, load_picture, load_street, load_streets
from course_utils.hint import hint
from course_utils.plotting import COLOURS, plot_curves
from course_utils.precision import Found, average_precisions, hits, precision_recall
from course_utils.questions import guess, reveal, self_test
from course_utils.street_plot import plot_street

# %% [markdown]
# ## 1. What the network says
#
# The streets here are drawings, made from a seed. The network was trained on such drawings, so it
# knows these streets and no others: it says nothing about photographs.
#
# It sees a picture as a grid of cells. Each cell has a few *anchors*, boxes of usual shapes: wide,
# tall, nearly square. For each anchor of each cell it says where a box is, how sure it is that
# there is a thing, and how probable each kind of thing is.

# %% tags=["demo"]
street = load_street(21, night=False)
outputs = detector.look(street.picture)
box_xy, box_wh, box_confidence, box_class_probs = outputs
for name, part in zip(("box_xy", "box_wh", "box_confidence", "box_class_probs"), outputs):
    print(f"{name:16s}{part.shape}")
print(f"kinds: {', '.join(STREET_KINDS)}; boxes: {box_confidence.size}; "
      f"things in the picture: {len(street.boxes)}")

# %% tags=["demo"]
every_box = scale_boxes(yolo_boxes_to_corners(box_xy, box_wh), (96, 96)).reshape(-1, 4)
fig, axes = plt.subplots(1, 2, figsize=(9, 4.6), layout="constrained")
plot_street(street.picture, street.boxes, street.classes, ax=axes[0], title="what is there")
plot_street(street.picture, every_box, ax=axes[1], title="every box of the network")
plt.show()

# %% [markdown]
# *The pictures: left, a street with a box around each thing and the name of its kind; right, the
# same street under all boxes that the network answers with, so many that little of it is seen.*
#
# The last layer gives raw numbers $t$ of any size. A sigmoid $\sigma$ keeps the centres and the
# confidence within bounds, a softmax makes the probabilities of the kinds, and an exponential keeps
# sizes above zero. A centre lies in its cell or up to half a cell beside it; a size is that of the
# anchor, times a factor. In column $c$ of 12, counted from 0, with an anchor of width $a$:
#
# $$x = (c + 2\sigma(t_x) - 1/2) / 12, \qquad w = a e^{t_w}.$$
#
# ## 2. Boxes that the network is sure of
#
# A box is worth keeping if there is a thing *and* its kind is clear. So each class gets a score,
#
# $$s_c = \text{confidence} \times p_c,$$
#
# and a box counts with its best class. It stays if the score of this class is at least the
# threshold.
#
# **Exercise 1.** Write it for a grid of any size, any number of anchors and any number of classes.
# Boxes come out in the order of the grid. If no box is sure enough, the three arrays are empty, but
# boxes still have four columns.

# %% nbgrader={"grade": false, "grade_id": "yolo_filter_boxes", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: yolo_filter_boxes

def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=.6):
    """The boxes that score at least `threshold`, each with its best class.

    boxes: (n_H, n_W, anchors, 4);  box_confidence: (n_H, n_W, anchors, 1)
    box_class_probs: (n_H, n_W, anchors, classes)
    returns: scores (k,), boxes (k, 4), classes (k,) as whole numbers from 0
    """
    # the score of every class, then the best class of every box and its score
    ### BEGIN SOLUTION
    box_scores = box_confidence * box_class_probs
    box_classes = np.argmax(box_scores, axis=-1)
    box_class_scores = np.max(box_scores, axis=-1)
    ### END SOLUTION

    # which boxes stay
    ### BEGIN SOLUTION
    keep = box_class_scores >= threshold
    scores, boxes, classes = box_class_scores[keep], boxes[keep], box_classes[keep]
    ### END SOLUTION
    return scores, boxes, classes

# %% nbgrader={"grade": true, "grade_id": "yolo_filter_boxes-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(yolo_filter_boxes)

# %% nbgrader={"grade": true, "grade_id": "yolo_filter_boxes-boxes", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): scores and boxes on other grids, with other numbers of anchors and classes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(yolo_filter_boxes, "car_detection/filter/grids", only=0)
has_values(yolo_filter_boxes, "car_detection/filter/grids", only=1)
keeps_inputs(yolo_filter_boxes, "car_detection/filter/grids")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_filter_boxes-classes", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the class of every box that stays.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_filter_boxes, "car_detection/filter/grids", only=2)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_filter_boxes-threshold", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): other thresholds; a score that is equal to the threshold is enough.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_filter_boxes, "car_detection/filter/threshold")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_filter_boxes-nothing", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): no box is sure enough: three empty arrays, of the right shapes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_filter_boxes, "car_detection/filter/nothing")
### END HIDDEN TESTS

# %% [markdown]
# How many boxes stay for one thing?

# %% tags=["demo"]
guess("car_detection/neighbours")

# %% tags=["demo"]
corners = scale_boxes(yolo_boxes_to_corners(box_xy, box_wh), (96, 96))
sure = yolo_filter_boxes(corners, box_confidence, box_class_probs)
plot_street(street.picture, sure[1], sure[2], title="boxes that score 0.6 or more")
plt.show()
per_thing = len(sure[0]) / len(street.boxes)
print(f"{len(sure[0])} of {box_confidence.size} boxes stay, for {len(street.boxes)} things")
reveal("car_detection/neighbours", boxes=len(sure[0]), things=len(street.boxes), each=per_thing)

# %% [markdown]
# *The picture: the street with a bundle of nearly equal boxes around each thing.*
#
# Neighbouring cells see the same car, and several anchors fit it. That is no error: the network was
# trained so, since a thing that several cells may find is rarely missed. But a list of boxes is no
# list of cars.
#
# ## 3. How much two boxes share
#
# Do two boxes show the same thing? Compare the area that both cover with the area that at least one
# covers: *intersection over union*, IoU,
#
# $$\text{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|} = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}.$$
#
# It is 1 for the same box twice, and 0 for boxes that share nothing. Here a box is x1, y1, x2, y2:
# the left top and the right bottom corner, with y going down.
#
# **Exercise 2.** Write it. If boxes lie apart, the sides of what they share come out negative; no
# area is negative.

# %% nbgrader={"grade": false, "grade_id": "iou", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: iou

def iou(box1, box2):
    """Intersection over union of two boxes.

    box1, box2: x1, y1, x2, y2 with x1 < x2 and y1 < y2
    returns: a number from 0 to 1
    """
    box1_x1, box1_y1, box1_x2, box1_y2 = box1
    box2_x1, box2_y1, box2_x2, box2_y2 = box2

    # the area that both cover
    ### BEGIN SOLUTION
    inter_width = max(0, min(box1_x2, box2_x2) - max(box1_x1, box2_x1))
    inter_height = max(0, min(box1_y2, box2_y2) - max(box1_y1, box2_y1))
    inter_area = inter_width * inter_height
    ### END SOLUTION

    # the area that at least one covers
    ### BEGIN SOLUTION
    box1_area = (box1_x2 - box1_x1) * (box1_y2 - box1_y1)
    box2_area = (box2_x2 - box2_x1) * (box2_y2 - box2_y1)
    union_area = box1_area + box2_area - inter_area
    ### END SOLUTION
    return inter_area / union_area

# %% nbgrader={"grade": true, "grade_id": "iou-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(iou)

# %% nbgrader={"grade": true, "grade_id": "iou-overlap", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): boxes of other shapes that share a part.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(iou, "car_detection/iou/overlap")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "iou-inside", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): one box inside the other.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(iou, "car_detection/iou/inside")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "iou-apart", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): boxes that lie apart in one direction or in both, and boxes that only touch.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(iou, "car_detection/iou/apart")
### END HIDDEN TESTS

# %% tags=["demo"]
from course_utils.explorers import explore_overlap
explore_overlap()

# %% [markdown]
# *The picture: a blue and an orange box on a grid; what they share is filled. The sentence says
# their IoU, and what three common slips would make of it.*
#
# ## 4. One box for each thing
#
# *Non-maximum suppression* is a simple rule. Take the best box of all. Remove the boxes of the same
# class that overlap it too much: they show the same thing. Of the rest take the best again, and so
# on.
#
# Two details matter. A removed box removes nobody: if A removes B, and B overlaps C, then C stays.
# And classes do not meddle: a person before a car is no second view of the car.

# %% tags=["demo"]
from course_utils.explorers import explore_suppression
explore_suppression()

# %% [markdown]
# *The pictures: left, a street with the boxes that score 0.6 or more. One step takes the best box
# that is left, drawn thick, and removes the dashed ones; what is decided later is thin. Right, what
# stays so far. The sentence counts them.*
#
# **Exercise 3.** Write it. `max_boxes` limits the list as a whole, not each class.

# %% nbgrader={"grade": false, "grade_id": "yolo_non_max_suppression", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: yolo_non_max_suppression

def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    """The best boxes, without those that show the same thing again.

    scores: (k,);  boxes: (k, 4);  classes: (k,)
    max_boxes: so many at most are kept, of all classes together
    iou_threshold: a box goes if its IoU with a better one of its class that stays is above this
    returns: scores (n,), boxes (n, 4), classes (n,) of the boxes that stay, the best score first.
        Boxes of equal scores may come in either order.
    """
    kept = []  # indices of the boxes that stay
    ### BEGIN SOLUTION
    for i in np.argsort(-scores):
        rivals = [j for j in kept if classes[j] == classes[i]]
        if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in rivals):
            kept.append(i)
    kept = kept[:max_boxes]
    ### END SOLUTION
    return scores[kept], boxes[kept], classes[kept]

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(yolo_non_max_suppression)

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-values", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): other boxes; the arguments stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(yolo_non_max_suppression, "car_detection/nms/clusters")
keeps_inputs(yolo_non_max_suppression, "car_detection/nms/clusters")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-classes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): boxes of two classes in one place: each class by itself.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_non_max_suppression, "car_detection/nms/classes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-chain", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): chains A, B, C: a removed box removes nobody.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_non_max_suppression, "car_detection/nms/chain")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-limits", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): other thresholds, and fewer boxes allowed than would stay.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_non_max_suppression, "car_detection/nms/threshold")
has_values(yolo_non_max_suppression, "car_detection/nms/most")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_non_max_suppression-ties", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): equal scores, the same box twice, and no boxes at all.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_non_max_suppression, "car_detection/nms/ties")
### END HIDDEN TESTS

# %% [markdown]
# What would be lost if classes did meddle? Take crowded streets, and suppress strictly, with an IoU
# threshold of 0.2: once per class, and once as if all boxes were of one class. A third run removes
# nothing, to see what the network finds at all.

# %% tags=["demo"]
guess("car_detection/classes")

# %% tags=["demo"]
crowded = load_streets(25, seed=500, crowd=12)
things, lost = sum(len(s.boxes) for s in crowded), {}
for name, most_shared in (("per class", 0.2), ("across classes", 0.2), ("none removed", 1)):
    found = 0
    for s in crowded:
        xy, wh, confidence, probs = detector.look(s.picture)
        fired = yolo_filter_boxes(scale_boxes(yolo_boxes_to_corners(xy, wh), (96, 96)),
                                  confidence, probs, 0.4)
        kinds = np.zeros_like(fired[2]) if name == "across classes" else fired[2]
        scores, boxes, kinds = yolo_non_max_suppression(*fired[:2], kinds, 432, most_shared)
        found += hits(Found(scores, boxes, 0 * kinds), s.boxes, 0 * s.classes).sum()  # any kind
    lost[name] = things - found
    print(f"{name:15s}{found} of {things} things found, {lost[name]} missed")
reveal("car_detection/classes", apart=lost["per class"], together=lost["across classes"])

# %% [markdown]
# Some things are missed even if nothing is removed: the network is not sure enough of them. What
# is missed per class beyond that is the price of 0.2: two cars that stand close count as one. So
# this threshold is a trade as well. A strict one loses neighbours, a loose one keeps doubles.

# %% [markdown]
# ## 5. Everything together
#
# The network gives centres and sizes as shares of the picture. Two functions are there for you:
# `yolo_boxes_to_corners(box_xy, box_wh)` makes corners, `scale_boxes(boxes, image_shape)` brings
# them to the pixels of a picture. `image_shape` is (height, width), as arrays have it.
#
# **Exercise 4.** Put the four steps together: corners, sure boxes, pixels, suppression. Hand on
# both thresholds and `max_boxes`: each to the function that it belongs to.

# %% nbgrader={"grade": false, "grade_id": "yolo_eval", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: yolo_eval

def yolo_eval(yolo_outputs, image_shape=(720, 1280), max_boxes=10, score_threshold=.6,
              iou_threshold=.5):
    """From what the network says of a picture to a list of things.

    yolo_outputs: box_xy, box_wh (n_H, n_W, anchors, 2), box_confidence (n_H, n_W, anchors, 1),
        box_class_probs (n_H, n_W, anchors, classes)
    image_shape: (height, width) of the picture in which the boxes shall stand
    returns: scores (k,), boxes (k, 4) in pixels, classes (k,), the best score first
    """
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    ### BEGIN SOLUTION
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes, box_confidence, box_class_probs, score_threshold)
    boxes = scale_boxes(boxes, image_shape)
    scores, boxes, classes = yolo_non_max_suppression(
        scores, boxes, classes, max_boxes, iou_threshold)
    ### END SOLUTION
    return scores, boxes, classes

# %% nbgrader={"grade": true, "grade_id": "yolo_eval-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(yolo_eval)

# %% nbgrader={"grade": true, "grade_id": "yolo_eval-values", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): other grids and pictures; the outputs of the network stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(yolo_eval, "car_detection/eval/pictures")
keeps_inputs(yolo_eval, "car_detection/eval/pictures")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_eval-thresholds", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): other thresholds, for scores and for IoU.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_eval, "car_detection/eval/thresholds")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_eval-most", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): fewer boxes allowed than would stay.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_eval, "car_detection/eval/most")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yolo_eval-nothing", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): an empty street: no box is sure enough.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(yolo_eval, "car_detection/eval/nothing")
### END HIDDEN TESTS

# %% tags=["demo"]
fig, axes = plt.subplots(1, 2, figsize=(9, 4.6), layout="constrained")
for ax, night in zip(axes, (False, True)):
    street = load_street(21, night=night)
    scores, boxes, classes = yolo_eval(detector.look(street.picture), (96, 96))
    plot_street(street.picture, boxes, classes, scores, ax=ax, title="night" if night else "day")
    print(f"{'night' if night else 'day':6s}{len(boxes)} boxes for {len(street.boxes)} things: "
          f"{', '.join(f'{STREET_KINDS[c]} {score:.2f}' for c, score in zip(classes, scores))}")
plt.show()

# %% [markdown]
# *The pictures: the street by day and by night, with one box for each thing that is found, its kind
# and its score.*
#
# ## 6. How good is it?
#
# A found box is *right* if a thing of its kind is there and their IoU is at least one half. A
# second box on the same thing is wrong. Two numbers count, and they pull in different directions:
#
# $$\text{precision} = \frac{\text{right boxes}}{\text{all found boxes}}, \qquad
# \text{recall} = \frac{\text{things found}}{\text{all things}}.$$
#
# The score threshold trades one for the other.

# %% tags=["demo"]
guess("car_detection/threshold")

# %% tags=["demo"]
streets = load_streets(40, seed=700)
answers = [detector.look(s.picture) for s in streets]
thresholds = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
rates = []
for threshold in thresholds:
    found = [Found(*yolo_eval(said, (96, 96), 30, threshold)) for said in answers]
    right = sum(hits(f, s.boxes, s.classes).sum() for f, s in zip(found, streets))
    rates.append((right / sum(len(f.boxes) for f in found),
                  right / sum(len(s.boxes) for s in streets)))
precision, recall = np.array(rates).T
plot_curves({"precision": (thresholds, precision), "recall": (thresholds, recall)},
            xlabel="score threshold", ylabel="share")
plt.show()
for threshold, p, r in zip(thresholds, precision, recall):
    print(f"from {threshold} on: precision {p:.2f}, recall {r:.2f}")
reveal("car_detection/threshold", p_low=precision[0], r_low=recall[0], p_high=precision[-1],
       r_high=recall[-1])

# %% [markdown]
# *The picture: two curves over the score threshold. Precision climbs from left to right, recall
# falls.*
#
# No threshold is best for everything: a brake needs other numbers than a counter of bicycles. So
# detectors are compared by *average precision*: the area under the curve of precision over recall,
# for one kind, over all thresholds. Its mean over the kinds is called mAP, and mAP50 where an IoU
# of one half makes a box right.

# %% tags=["demo"]
guess("car_detection/night")

# %% tags=["demo"]
found_at = {}
for time, night in (("day", False), ("night", True)):
    scenes = load_streets(60, seed=900, night=night)
    found = [Found(*yolo_eval(detector.look(s.picture), (96, 96), 100, 0.05)) for s in scenes]
    found_at[time] = average_precisions(found, scenes, STREET_KINDS)
    print(f"{time:6s}mAP50 {found_at[time].mean():.2f}:",
          ", ".join(f"{k} {v:.2f}" for k, v in zip(STREET_KINDS, found_at[time])))
fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
places = np.arange(len(STREET_KINDS))
for shift, (time, values), colour, hatch in zip((-0.2, 0.2), found_at.items(), COLOURS, ("", "//")):
    ax.bar(places + shift, values, 0.36, label=time, color=colour, hatch=hatch, edgecolor="white")
ax.set(xticks=places, xticklabels=STREET_KINDS, ylabel="average precision", ylim=(0, 1.02))
ax.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()
reveal("car_detection/night", day=found_at["day"].mean(), night=found_at["night"].mean())

# %% [markdown]
# *The picture: two bars for each kind, its average precision by day and by night.*
#
# The same things stand in the same places, by day and in the dark. One number would hide which
# kinds pay for the darkness. Try crowds, and both thresholds, yourself:

# %% tags=["demo"]
from course_utils.explorers import explore_streets, explore_thresholds
explore_thresholds()

# %% [markdown]
# *The pictures: left, what is in a street; right, the boxes that stay at the chosen thresholds, the
# wrong ones dashed. The sentence says how many boxes score enough, how many stay, and precision and
# recall.*

# %% tags=["demo"]
explore_streets()

# %% [markdown]
# *The pictures: left, what is in the street; right, what is found there, wrong boxes dashed. The
# sentence counts both.*
#
# ## 7. A picture of your own
#
# Any picture goes in: it is made 96 by 96 pixels. Here, as an example, is one that is no street at
# all. Put the path of your own in its place.

# %% tags=["demo"]
own = load_picture(shape=(96, 96, 3)).reshape(96, 96, 3)
scores, boxes, classes = yolo_eval(detector.look(own), (96, 96), 30, 0.3)
plot_street(own, boxes, classes, scores, title="a picture of one's own")
plt.show()
print(f"{len(boxes)} boxes score 0.3 or more")

# %% [markdown]
# *The picture: a drawn digit on paper, with the boxes that the network sees in it, if any.*
#
# In the digit it sees traffic lights and cars, and some score high. Expect little of a photograph,
# too: this network has only ever seen drawings, of four kinds. It will miss cars, and may call a
# door a car. It has no word for "I do not know this". So it is with every detector: what it was
# never shown, it cannot know, and its scores do not tell.
#
# ## What to remember
#
# - **Score = confidence times probability**, and a box counts with its best class.
# - **IoU:** what both cover over what at least one covers; clamp the sides at zero.
# - **Suppression:** the best box stays, its like go, class by class. A removed box removes nobody.
# - **Two thresholds, two questions:** sure enough? The same thing?
# - **Precision and recall pull apart;** mAP takes in all thresholds, and hides which kinds suffer.
#
# ## Test yourself

# %% tags=["demo"]
self_test("car_detection")

# %% [markdown]
# <details><summary><b>The same in PyTorch</b></summary>
#
# ```python
# import torch
# from torchvision.ops import batched_nms, box_convert, box_iou
#
# box_xy, box_wh, box_confidence, box_class_probs = map(torch.as_tensor, outputs)
# boxes = box_convert(torch.cat([box_xy, box_wh], dim=-1), "cxcywh", "xyxy").reshape(-1, 4)
# best = (box_confidence * box_class_probs).reshape(len(boxes), -1).max(dim=1)
# sure = best.values >= 0.6
# boxes, scores, classes = boxes[sure], best.values[sure], best.indices[sure]
# keep = batched_nms(boxes, scores, classes, iou_threshold=0.5)[:10]  # class by class
# box_iou(boxes[keep], boxes[keep])  # a table of all pairs
# ```
#
# `torchvision.ops.nms` takes no classes: it suppresses across all of them.
#
# </details>
#
# **Read on**
#
# - J. Redmon, S. Divvala, R. Girshick, A. Farhadi (2016), *You only look once: unified, real-time
#   object detection*: one look at the whole picture, and the grid of cells that you used.
# - J. Redmon, A. Farhadi (2017), *YOLO9000: better, faster, stronger*: brings anchors to YOLO, and
#   says how to choose them.
# - N. Bodla, B. Singh, R. Chellappa, L. Davis (2017), *Soft-NMS: improving object detection with
#   one line of code*: lowers the scores of overlapping boxes, where you remove them.
#
# ## On your own
#
# - Draw twenty streets of one kind, `load_streets(20, seed=1, kinds=("bicycle",))`. Which other
#   kinds does the network see in them?
# - Give `yolo_eval` an `iou_threshold` of 0.95, then of 0.05. What happens to precision and recall?
# - Replace `batched_nms` in the lines above by `nms`, if you have torchvision. How many boxes stay?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("car_detection")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("car_detection")
