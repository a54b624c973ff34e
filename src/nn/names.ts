/** What can be chosen by name. It stands apart from the choices, so that a list of them costs nothing. */

export const activationNames = ["sigmoid", "tanh", "relu", "scaled-tanh"] as const;
export type ActivationName = (typeof activationNames)[number];

/** The names in `costs`. */
export const costNames = ["quadratic", "cross-entropy", "softmax"] as const;
export type CostName = (typeof costNames)[number];

/** What `initialise` knows, by name. */
export const initialisationNames = ["large", "default", "he", "glorot", "uniform"] as const;
export type InitialisationName = (typeof initialisationNames)[number];
