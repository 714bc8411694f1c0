/// Data to train on: [dev.gradus.data.Table] reads CSV, [dev.gradus.data.Dataset] holds examples and what they should
/// give, [dev.gradus.data.Datasets] brings four classics along.
///
/// ```java
/// Split split = Datasets.digits().split(0.8, 1);
/// Standardizer scale = Standardizer.fit(split.train());
/// Dataset train = scale.apply(split.train());
/// Dataset test = scale.apply(split.test());
/// ```
@NullMarked
package dev.gradus.data;

import org.jspecify.annotations.NullMarked;
