module consumer {
  requires dev.gradus.optim;
}
