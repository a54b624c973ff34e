/** What can be chosen by name. It stands apart from the choices, so that a list of them costs nothing. */

/** The names in `activations`. */
export const activationNames = ["sigmoid", "tanh", "relu", "scaled-tanh"] as const;
/** The name of an activation function of hidden layers. */
export type ActivationName = (typeof activationNames)[number];

/** The names in `costs`. */
export const costNames = ["quadratic", "cross-entropy", "softmax"] as const;
/** The name of a cost. */
export type CostName = (typeof costNames)[number];

/** What `initialise` knows, by name. */
export const initialisationNames = ["large", "default", "he", "glorot", "uniform"] as const;
/** The name of a way to draw the first parameters. */
export type InitialisationName = (typeof initialisationNames)[number];
