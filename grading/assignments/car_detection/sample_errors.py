"""Sample errors of the assignment on car detection: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "yolo_filter_boxes": [
        ("box_class_scores >= threshold", "box_class_scores >= 0.6"),
        ("box_confidence * box_class_probs", "box_class_probs"),
    ],
    "iou": [
        ("max(0, min(box1_x2, box2_x2) - max(box1_x1, box2_x1))",
         "min(box1_x2, box2_x2) - max(box1_x1, box2_x1)"),
        ("box1_area + box2_area - inter_area", "box1_area + box2_area"),
    ],
    "yolo_non_max_suppression": [
        ("rivals = [j for j in kept if classes[j] == classes[i]]", "rivals = kept"),
        ("<= iou_threshold", "<= 0.5"),
    ],
    "yolo_eval": [
        ("box_confidence, box_class_probs, score_threshold)", "box_confidence, box_class_probs)"),
        ("    boxes = scale_boxes(boxes, image_shape)\n", ""),
    ],
}  # fmt: skip
